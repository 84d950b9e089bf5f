//! Pictures without what they tell beside the picture: the camera and the place, the author, the program, comments. The
//! pixels are not touched, and neither are colour profiles or the side that is up.

/// `bytes` without metadata; `None` where they are no picture of a kind that can be read.
pub(super) fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    match bytes {
        [0xff, 0xd8, ..] => jpeg(bytes),
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        [b'R', b'I', b'F', b'F', ..] => webp(bytes),
        [b'G', b'I', b'F', b'8', ..] => gif(bytes),
        _ => None,
    }
}

/// Segments and the scans between them, up to the end mark: after it cameras put second pictures, and programs remarks.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![0xff, 0xd8];
    let mut at = 2;
    loop {
        let head: &[u8; 4] = bytes.get(at..at + 4)?.first_chunk()?;
        if head[0] != 0xff {
            return None;
        }
        if head[1] == 0xda {
            let end = at + 2 + scan(bytes.get(at + 2..)?);
            out.extend_from_slice(bytes.get(at..end)?);
            at = end;
            // A scan that is cut short shows what there is of it.
            if bytes.get(at..at + 2).is_none_or(|mark| mark == [0xff, 0xd9]) {
                out.extend_from_slice(&[0xff, 0xd9]);
                return Some(out);
            }
            continue;
        }
        let length = usize::from(u16::from_be_bytes([head[2], head[3]])).max(2);
        let segment = bytes.get(at..at + 2 + length)?;
        let body = segment.get(4..)?;
        match head[1] {
            0xe1 => {
                out.extend(body.strip_prefix(b"Exif\0\0").and_then(orientation).map_or(Vec::new(), upright));
            }
            // Photoshop's block, comments, and what makers add.
            0xe3..=0xed | 0xef | 0xfe => {}
            // A colour profile is kept; other second segments are previews.
            0xe2 if !body.starts_with(b"ICC_PROFILE\0") => {}
            _ => out.extend_from_slice(segment),
        }
        at += 2 + length;
    }
}

/// How many bytes belong to a scan: up to a mark that is neither a zero put in nor a restart.
fn scan(bytes: &[u8]) -> usize {
    let ends = |pair: &[u8]| matches!(pair, [0xff, mark] if !matches!(mark, 0 | 0xd0..=0xd7 | 0xff));
    bytes.windows(2).position(ends).unwrap_or(bytes.len())
}

/// Which side is up, as Exif says it in the first of its tables.
fn orientation(exif: &[u8]) -> Option<u8> {
    let little = exif.starts_with(b"II");
    let short = |at: usize| -> Option<u16> {
        let pair: [u8; 2] = *exif.get(at..at + 2)?.first_chunk()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let table = usize::from(short(if little { 4 } else { 6 })?);
    let count = usize::from(short(table)?).min(64);
    let entry = (0..count).map(|n| table + 2 + n * 12).find(|at| short(*at) == Some(0x0112))?;
    u8::try_from(short(entry + 8)?).ok().filter(|side| (2..=8).contains(side))
}

/// An Exif segment that says which side is up and nothing else.
fn upright(side: u8) -> Vec<u8> {
    let mut segment = vec![0xff, 0xe1, 0, 34];
    segment.extend_from_slice(b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    segment.push(side);
    segment.extend_from_slice(&[0, 0, 0, 0, 0, 0]);
    segment
}

/// The chunks that make the picture, its colours and its movement; all others are remarks.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const KEPT: [&[u8; 4]; 18] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
        b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
    ];
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(*bytes.get(at..at + 4)?.first_chunk()?);
        let end = at.checked_add(12)?.checked_add(usize::try_from(length).ok()?)?;
        let chunk = bytes.get(at..end)?;
        let kind = chunk.get(4..8)?;
        if KEPT.iter().any(|kept| &kept[..] == kind) {
            out.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            return Some(out);
        }
        at = end;
    }
}

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..12).filter(|head| head.ends_with(b"WEBP"))?.to_vec();
    let mut at = 12;
    while at + 8 <= bytes.len() {
        let length = u32::from_le_bytes(*bytes.get(at + 4..at + 8)?.first_chunk()?);
        let length = usize::try_from(length).ok()?;
        let end = at.checked_add(8)?.checked_add(length)?.checked_add(length % 2)?;
        let chunk = bytes.get(at..end)?;
        match chunk.get(..4)? {
            b"VP8X" => {
                let start = out.len();
                out.extend_from_slice(chunk);
                // The flags that promise Exif and XMP.
                *out.get_mut(start + 8)? &= !0b0000_1100;
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => out.extend_from_slice(chunk),
            _ => {}
        }
        at = end;
    }
    let size = u32::try_from(out.len() - 8).ok()?;
    out.get_mut(4..8)?.copy_from_slice(&size.to_le_bytes());
    Some(out)
}

/// Blocks of a GIF: comments, plain text and strange applications go; the one that loops stays.
fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + colours(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let start = at;
        let (kept, blocks) = match *bytes.get(at)? {
            0x21 => {
                let label = *bytes.get(at + 1)?;
                let loops = bytes.get(at + 3..at + 14).is_some_and(|name| name == b"NETSCAPE2.0");
                (label == 0xf9 || label == 0xff && loops, at + 2)
            }
            0x2c => (true, at + 11 + colours(*bytes.get(at + 9)?)),
            _ => {
                out.push(0x3b);
                return Some(out);
            }
        };
        at = blocks;
        while let length @ 1.. = usize::from(*bytes.get(at)?) {
            at += length + 1;
        }
        at += 1;
        if kept {
            out.extend_from_slice(bytes.get(start..at)?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photograph_keeps_its_side_and_nothing_else() {
        let mut photo = vec![0xff, 0xd8];
        let exif = b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0Ada's camera";
        photo.extend([0xff, 0xe1, 0, u8::try_from(exif.len() + 2).unwrap()]);
        photo.extend_from_slice(exif);
        photo.extend_from_slice(b"\xff\xfe\0\x06note\xff\xda\0\x02pix\xff\0els");
        photo.extend_from_slice(b"\xff\xc4\0\x03x\xff\xda\0\x02more\xff\xd9 and Ada's second picture");
        let left = without_metadata(&photo).unwrap();
        let text = String::from_utf8_lossy(&left);
        assert!(
            !text.contains("Ada") && !text.contains("note") && left.ends_with(b"more\xff\xd9"),
            "{text:?}"
        );
        assert!(left.windows(6).any(|six| six == b"\xff\0els\xff"));
        assert_eq!(orientation(left.get(12..).unwrap()), Some(6));
        assert_eq!(without_metadata(&left).as_ref(), Some(&left), "a second time changes nothing");
    }

    #[test]
    fn remarks_of_a_png_go() {
        let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, body) in [("IHDR", "x"), ("tEXt", "Author\0Ada"), ("IEND", "")] {
            picture.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
            picture.extend_from_slice(kind.as_bytes());
            picture.extend_from_slice(body.as_bytes());
            picture.extend([0; 4]);
        }
        picture.extend_from_slice(b"after the end");
        let left = without_metadata(&picture).unwrap();
        assert_eq!(left.len(), 8 + 13 + 12);
    }

    #[test]
    fn half_a_picture_is_left_as_it_is() {
        for bytes in [&b"\xff\xd8\xff"[..], b"\x89PNG\r\n\x1a\n\0", b"RIFF", b"GIF89a", b"", b"text"] {
            assert_eq!(without_metadata(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn comments_of_a_gif_go_and_it_still_loops() {
        let mut picture = b"GIF89a\x01\0\x01\0\0\0\0".to_vec();
        picture.extend_from_slice(b"\x21\xfe\x03Ada\0");
        picture.extend_from_slice(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0");
        picture.extend_from_slice(b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x01\x44\0\x3b");
        let left = without_metadata(&picture).unwrap();
        let text = String::from_utf8_lossy(&left);
        assert!(!text.contains("Ada") && text.contains("NETSCAPE") && left.ends_with(b"\x3b"));
    }
}
