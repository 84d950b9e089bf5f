//! Titles of reports and the names of their files.

use super::families::Family;
use super::random::Rng;
use super::world::World;

/// Says what happened, and mostly where or after what; teams reuse their titles, but not often.
pub(crate) fn title(
    family: &Family,
    components: &[String],
    region: &str,
    world: &World,
    rng: &mut Rng,
) -> String {
    let symptom = if rng.chance(65) { &family.symptoms[0] } else { &family.symptoms[1] };
    let component = components.first().map_or("", String::as_str);
    let words = &world.words;
    let mut title = match rng.below(8) {
        0 => format!("{symptom} at {region}"),
        1 => format!("{symptom} after {}", family.trigger),
        2 => format!("{component}: {symptom}"),
        3 => format!("{symptom} at {region}, {} {} to blame", words.adjective(rng), words.noun(rng)),
        4 => format!("{symptom} ({component}, {})", words.noun(rng)),
        5 => format!("{component}: {symptom} once the {} was {}", words.noun(rng), words.verb(rng)),
        6 => format!("{symptom} behind the {} {}", words.adjective(rng), words.noun(rng)),
        _ => format!("{symptom}, with the {} {} at {region}", words.noun(rng), words.verb(rng)),
    };
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    title
}

/// A file name made of the title's words, at most 56 characters.
pub(crate) fn slug(title: &str) -> String {
    let mut slug = String::new();
    for part in title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        if slug.len() + part.len() > 56 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&part.to_ascii_lowercase());
    }
    slug
}
