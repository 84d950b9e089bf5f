//! The estimators beside those of lifelines, statsmodels, `SciPy` and `NumPy`, on samples with many ties.
//!
//! `tests/estimators/reference.py` drew the samples and asked the packages once; their versions stand in its file of
//! answers. Published worked examples are checked beside each estimator.

use super::{AalenJohansen, KaplanMeier, Observation, Outcome, poisson_limits, quantile, wilson};
use serde_json::Value;

fn answers() -> Value {
    serde_json::from_str(include_str!("../../../tests/estimators/reference.json")).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap().try_into().unwrap()
}

fn day(value: &Value) -> u32 {
    value.as_u64().unwrap().try_into().unwrap()
}

fn same(found: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-9, "{what}: {found}, not {expected}");
}

fn observations(rows: &Value) -> Vec<Observation> {
    let row = |row: &Value| Observation {
        days: day(&row[0]),
        outcome: match number(&row[1]) {
            0 => Outcome::Censored,
            1 => Outcome::Done,
            _ => Outcome::Cancelled,
        },
    };
    list(rows).iter().map(row).collect()
}

#[test]
fn survival_and_its_band_agree_with_lifelines() {
    for sample in list(&answers()["lasting"]) {
        let curve = KaplanMeier::of(&observations(&sample["rows"]));
        let expected = list(&sample["survival"]);
        assert_eq!(curve.steps.len(), expected.len());
        for (step, expected) in curve.steps.iter().zip(expected) {
            assert_eq!(step.days, day(&expected[0]));
            same(step.share, &expected[1], "share");
            assert_eq!(step.band.is_none(), expected[2].is_null(), "{step:?}");
            if let Some(band) = step.band {
                same(band.low, &expected[2], "low end");
                same(band.high, &expected[3], "high end");
            }
        }
    }
}

#[test]
fn incidences_agree_with_statsmodels() {
    for sample in list(&answers()["lasting"]) {
        let bands = AalenJohansen::of(&observations(&sample["rows"]));
        for expected in list(&sample["incidence"]) {
            let bands = bands.on(day(&expected[0])).unwrap();
            same(bands.done, &expected[1], "done");
            same(bands.cancelled, &expected[2], "cancelled");
        }
    }
}

#[test]
fn intervals_of_shares_agree_with_statsmodels() {
    for row in list(&answers()["wilson"]) {
        let band = wilson(number(&row[0]), number(&row[1])).unwrap();
        same(band.low, &row[2], "low end");
        same(band.high, &row[3], "high end");
    }
}

#[test]
fn quantiles_agree_with_numpy() {
    let answers = answers();
    let values: Vec<f64> =
        list(&answers["quantiles"]["values"]).iter().map(|value| value.as_f64().unwrap()).collect();
    for row in list(&answers["quantiles"]["at"]) {
        same(quantile(&values, row[0].as_f64().unwrap()).unwrap(), &row[1], "quantile");
    }
}

#[test]
fn limits_of_chance_agree_with_scipy() {
    for row in list(&answers()["poisson"]) {
        let limits = poisson_limits(row[0].as_f64().unwrap());
        assert_eq!(limits, Some((number(&row[1]), number(&row[2]))), "{row}");
    }
}
