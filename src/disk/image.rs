//! How large an image is, so that a page can keep its place before it has loaded.

use super::open::open_regular;
use std::io::{BufReader, Read};
use std::path::Path;

/// Most bytes of an SVG that are looked at for its size.
const SVG_HEAD: u64 = 4096;

/// Width and height of the image at `path` in pixels; `None` where it is none, or does not say.
pub fn image_size(path: &Path) -> Option<(u32, u32)> {
    if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("svg")) {
        let (file, _) = open_regular(path).ok()?;
        let mut head = Vec::new();
        file.take(SVG_HEAD).read_to_end(&mut head).ok()?;
        return svg_size(&String::from_utf8_lossy(&head));
    }
    let (file, _) = open_regular(path).ok()?;
    let size = imagesize::reader_size(BufReader::new(file)).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// The size an SVG states in `width` and `height`, else in its `viewBox`.
fn svg_size(head: &str) -> Option<(u32, u32)> {
    let start = head.find("<svg")?;
    let tag = head.get(start..)?.split('>').next()?;
    let number = |text: &str| {
        let text = text.trim().trim_end_matches("px");
        text.parse::<f32>().ok().filter(|n| n.is_finite() && *n >= 1.0 && *n <= 20_000.0)
    };
    let attribute = |name: &str| {
        let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        tag.get(at..)?.split('"').next()
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 20,000")]
    let whole = |n: f32| n.round() as u32;
    if let (Some(width), Some(height)) =
        (attribute("width").and_then(number), attribute("height").and_then(number))
    {
        return Some((whole(width), whole(height)));
    }
    let view: Vec<f32> = attribute("viewBox")?.split([' ', ',']).filter_map(number_any).collect();
    match view.as_slice() {
        [_, _, width, height]
            if *width >= 1.0 && *height >= 1.0 && *width <= 20_000.0 && *height <= 20_000.0 =>
        {
            Some((whole(*width), whole(*height)))
        }
        _ => None,
    }
}

fn number_any(text: &str) -> Option<f32> {
    text.trim().parse().ok().filter(|n: &f32| n.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_says_its_size_in_one_of_two_ways() {
        assert_eq!(svg_size(r#"<?xml version="1.0"?><svg width="640" height="320px">"#), Some((640, 320)));
        assert_eq!(svg_size(r#"<svg viewBox="0 0 800 300" role="img">"#), Some((800, 300)));
        assert_eq!(svg_size(r#"<svg width="100%" height="5em">"#), None);
        assert_eq!(svg_size("no drawing"), None);
    }
}
