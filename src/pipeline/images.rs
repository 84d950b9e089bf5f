//! How large local images are: looked up once, and again when their files change.

use crate::corpus::Edition;
use crate::disk;
use crate::plan::ImageSizes;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The sizes that are known.
#[derive(Debug, Default)]
pub struct Images {
    /// By path in the content folder; `None` for what is no image.
    known: BTreeMap<Arc<str>, Option<(u32, u32)>>,
    last: Arc<ImageSizes>,
}

impl Images {
    /// The sizes of the images of `edition`, which lie in `folder`.
    pub fn sizes(&mut self, edition: &Edition, folder: &Path) -> Arc<ImageSizes> {
        let mut sizes = ImageSizes::new();
        for asset in &edition.assets {
            let look = || disk::image_size(&folder.join(&*asset.path));
            let size = *self.known.entry(Arc::clone(&asset.path)).or_insert_with(look);
            sizes.extend(size.map(|size| (asset.path.to_string(), size)));
        }
        if *self.last != sizes {
            self.last = Arc::new(sizes);
        }
        Arc::clone(&self.last)
    }

    /// Forgets the files at `paths`, which have changed.
    pub fn forget<'p>(&mut self, paths: impl IntoIterator<Item = &'p Arc<str>>) {
        for path in paths {
            self.known.remove(path);
        }
    }
}
