"""Makes reference.json: what lifelines, statsmodels, SciPy and NumPy say about samples drawn here.

The figures are made once and kept; kb's own estimators are held against them (src/measure/estimate/reference.rs).
Samples are drawn by a generator that is written out below, so that the file can be made again anywhere:

    python3 -m venv /tmp/reference && /tmp/reference/bin/pip install lifelines==0.30.3 statsmodels==0.15.0
    /tmp/reference/bin/python tests/estimators/reference.py > tests/estimators/reference.json
"""

import json
from importlib.metadata import version

import numpy
from lifelines import KaplanMeierFitter
from scipy.stats import poisson
from statsmodels.duration.survfunc import CumIncidenceRight
from statsmodels.stats.proportion import proportion_confint

CENSORED, DONE, CANCELLED = 0, 1, 2


def dice(seed):
    """Numbers from 0 up to a bound: a linear congruential generator (Knuth, MMIX)."""
    state = seed

    def below(bound):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % bound

    return below


def sample(seed, n, longest, censored, cancelled):
    """Days and outcomes; `censored` and `cancelled` are percentages. Few distinct days make many ties."""
    below = dice(seed)
    rows = []
    for _ in range(n):
        chance = below(100)
        outcome = CENSORED if chance < censored else CANCELLED if chance < censored + cancelled else DONE
        rows.append((1 + below(longest), outcome))
    return rows


def survival(rows):
    """Share that lasts longer, with its band, on each day on which something ended."""
    days = [day for day, _ in rows]
    ended = [outcome != CENSORED for _, outcome in rows]
    fitted = KaplanMeierFitter(alpha=0.05).fit(days, ended)
    bands = fitted.confidence_interval_
    steps = []
    for day in sorted({day for day, outcome in rows if outcome != CENSORED}):
        low, high = (float(one) for one in bands.loc[day])
        share = float(fitted.survival_function_at_times(day).iloc[0])
        # Where nothing is left the band is no number; kb gives none either.
        steps.append([day, share, *([low, high] if 0 < share < 1 else [None, None])])
    return steps


def incidence(rows):
    """Share done and share cancelled by each day on which something ended."""
    fitted = CumIncidenceRight([day for day, _ in rows], [outcome for _, outcome in rows])
    done, cancelled = fitted.cinc
    return [[int(day), float(a), float(b)] for day, a, b in zip(fitted.times, done, cancelled)]


SAMPLES = [(1, 12, 10, 30, 20), (2, 60, 25, 40, 15), (3, 200, 365, 55, 10), (4, 500, 90, 10, 45), (5, 40, 40, 0, 30)]


def main():
    lasting = []
    for how in SAMPLES:
        rows = sample(*how)
        lasting.append({"rows": rows, "survival": survival(rows), "incidence": incidence(rows)})
    shares = [(part, n) for n in (5, 7, 29, 148, 1000) for part in sorted({0, 1, n // 3, n - 1, n})]
    wilson = [[part, n, *(float(end) for end in proportion_confint(part, n, method="wilson"))] for part, n in shares]
    below = dice(6)
    values = sorted(below(100_000) for _ in range(37))
    places = [0.05, 0.25, 0.5, 0.75, 0.9, 0.99]
    quantiles = {"values": values, "at": [[p, float(numpy.quantile(values, p))] for p in places]}
    means = [0.04, 0.3, 0.9, 1.75, 2.5, 4.2, 8.0, 17.3, 60.0, 250.5, 1500.0]
    limits = [[mean, *(int(end) for end in poisson.ppf([0.025, 0.975], mean))] for mean in means]
    packages = {name: version(name) for name in ("lifelines", "statsmodels", "scipy", "numpy")}
    parts = {"made_with": packages, "lasting": lasting, "wilson": wilson, "quantiles": quantiles, "poisson": limits}
    lines = [f" {json.dumps(name)}: {json.dumps(part)}" for name, part in parts.items()]
    print("{\n" + ",\n".join(lines) + "\n}")


if __name__ == "__main__":
    main()
