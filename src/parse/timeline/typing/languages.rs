//! The same in other languages than English: what settles an entry, and what hints at it.

use crate::model::{EntryKind, Milestone};
use crate::parse::wording::Phrases;

use EntryKind::Milestone as Point;

/// Phrases by kind, the surer kinds first.
pub(super) const FOREIGN: &[(EntryKind, &[&str])] = &[
    (
        Point(Milestone::Resolved),
        &[
            // French
            "service rétabli",
            "incident résolu",
            "problème résolu",
            "retour à la normale",
            "fin de l'incident",
            // German
            "störung behoben",
            "problem behoben",
            "fehler behoben",
            "ende der störung",
            "wieder erreichbar",
            "wieder verfügbar",
            "wiederhergestellt",
            "wieder online",
            // Norwegian, Danish, Swedish
            "feilen er rettet",
            "feilen rettet",
            "problemet løst",
            "løst",
            "tilbake til normalen",
            "oppe igjen",
            "oppe igen",
            // Portuguese
            "serviço restabelecido",
            "serviço restaurado",
            "incidente resolvido",
            "problema resolvido",
            "fim do incidente",
            // Spanish
            "servicio restablecido",
            "servicio restaurado",
            "incidente resuelto",
            "problema resuelto",
            "fin del incidente",
            "estado estable",
            "vuelve a la normalidad",
        ],
    ),
    (
        Point(Milestone::Started),
        &[
            "début de l'incident",
            "début de la panne",
            "beginn der störung",
            "beginn des ausfalls",
            "início do incidente",
            "inicio do incidente",
            "inicio del incidente",
            "comienza el incidente",
            "inicio de la caída",
        ],
    ),
    (
        Point(Milestone::Detected),
        &[
            "détection",
            "alerte reçue",
            "alerte déclenchée",
            "wird bemerkt",
            "wurde bemerkt",
            "alarm durch",
            "oppdaget",
            "feil påvist",
            "opdaget",
            "alerta disparado",
            "se detecta",
            "se detectó",
            "detectado",
            "detectada",
            "detectou-se",
        ],
    ),
];

/// Words that tell of the fault itself.
pub(super) static FOREIGN_FAULTS: Phrases = Phrases::of(&[
    "сбой",
    "недоступен",
    "недоступна",
    "не работает",
    "panne",
    "indisponible",
    "ausfall",
    "ausgefallen",
    "nicht erreichbar",
    "stürzt ab",
    "abgestürzt",
    "nede",
    "feiler",
    "indisponível",
    "fora do ar",
    "falha",
    "caída",
    "caído",
    "no responde",
    "fallo",
    "falla",
]);

/// Words that tell that somebody or something noticed.
pub(super) static FOREIGN_NOTICED: Phrases = Phrases::of(&[
    "alerte", "alarm", "alarme", "alerta", "alertas", "varsel", "meldet", "melder", "signale", "reporta",
]);
