"""Writes statistics.json: what SciPy and NumPy give for the functions of Statistics.

    pip install numpy==2.4.6 scipy==1.17.1
    python make-statistics.py .

Samples are fixed numbers. The resamples of the bootstrap are drawn by this package's own generator
(SplitMix64 with Lemire's bounded draw, rebuilt below), so that SciPy's BCa interval is of the very
resamples that the test draws, and must agree to the last digits instead of roughly.
"""

import json
import sys

import numpy as np
import scipy
from scipy import stats
from scipy.stats import _resampling

MASK = (1 << 64) - 1


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def index(self, bound):
        unfair = ((1 << 64) - bound) % bound
        while True:
            product = self.next() * bound
            if product & MASK >= unfair:
                return product >> 64


random = np.random.default_rng(14)
normal = np.round(random.normal(10, 3, 25), 3).tolist()
skewed = np.round(random.exponential(2, 30), 3).tolist()
ties = [0.1, 0.1, 0.2, 0.3, 0.3, 0.3, 0.8]
one_far = [1.0] * 9 + [100.0]
large = [1e9 + v for v in (1, 2, 3, 4, 10)]
first = np.round(random.normal(0.7, 0.2, 10), 4).tolist()
second = np.round(np.array(first) - random.normal(0.1, 0.15, 10), 4).tolist()
few = np.round(random.normal(0.5, 0.2, 6), 4).tolist()

out = {"made with": f"SciPy {scipy.__version__}, NumPy {np.__version__}"}
samples = {"normal": normal, "skewed": skewed, "ties": ties, "large": large, "one far": one_far}
out["samples"] = samples | {"first": first, "second": second, "few": few}

out["describe"] = {
    name: {
        "mean": np.mean(v),
        "deviation": np.std(v, ddof=1),
        "quantiles": [[p, np.quantile(v, p)] for p in (0, 0.025, 0.25, 0.5, 0.6, 0.9, 1)],
        "t": [
            [c, *stats.t.interval(c, len(v) - 1, np.mean(v), stats.sem(v))]
            for c in (0.5, 0.95, 0.99)
        ],
    }
    for name, v in samples.items()
}
out["normal quantiles"] = [
    [p, stats.norm.ppf(p)] for p in (1e-12, 1e-4, 0.025, 0.1, 0.4, 0.5, 0.8, 0.975, 0.9999)
]
out["normal cumulative"] = [
    [x, stats.norm.cdf(x)] for x in (-10, -6, -2.6, -2.4, -1, -0.1, 0, 0.3, 1.96, 2.5, 3.3, 7)
]
out["t quantiles"] = [
    [n, p, stats.t.ppf(p, n)]
    for n in (1, 2, 3, 4.5, 9, 39, 500, 1e5, 1e9, 1e15)
    for p in (0.001, 0.3, 0.6, 0.975, 0.9995)
]
out["t cumulative"] = [
    [n, t, stats.t.cdf(t, n)]
    for n in (1, 2, 7, 40, 1e4, 2e4, 1e6, 1e9, 1e15)
    for t in (-30, -2.5, -0.4, 0, 0.01, 1, 5)
]
out["wilson"] = [
    [k, n, c, *stats.binomtest(k, n).proportion_ci(c, "wilson")]
    for k, n in ((0, 20), (20, 20), (1, 29), (15, 148), (81, 263), (39, 40), (9, 10), (1, 1))
    for c in (0.9, 0.95, 0.99)
]
pair = stats.ttest_rel(first, second).confidence_interval(0.95)
out["paired"] = [np.mean(np.array(first) - np.array(second)), pair.low, pair.high]


def mean_difference(a, b, axis=-1):
    return np.mean(a, axis=axis) - np.mean(b, axis=axis)


def difference(a, axis=-1):
    return np.mean(a, axis=axis)


out["permutation"] = {
    # Flipping the order in a pair is flipping the sign of its difference.
    "paired": stats.permutation_test(
        (np.array(first) - np.array(second),),
        difference,
        permutation_type="samples",
        n_resamples=np.inf,
    ).pvalue,
    "independent": stats.permutation_test(
        (first[:7], few), mean_difference, permutation_type="independent", n_resamples=np.inf
    ).pvalue,
    "of other counts": stats.permutation_test(
        (ties, first[:4]), mean_difference, permutation_type="independent", n_resamples=np.inf
    ).pvalue,
}


def bootstrap(values, statistic, seed, resamples, confidence):
    generator = SplitMix64(seed)

    def resample(sample, n_resamples=None, **_):
        n = sample.shape[-1]
        indices = [[generator.index(n) for _ in range(n)] for _ in range(n_resamples)]
        return sample[..., np.array(indices)]

    _resampling._bootstrap_resample = resample
    interval = stats.bootstrap(
        (values,),
        statistic,
        n_resamples=resamples,
        batch=resamples,
        confidence_level=confidence,
        method="BCa",
    ).confidence_interval
    return [interval.low, interval.high]


out["bootstrap"] = [
    {"sample": name, "statistic": statistic, "seed": seed, "confidence": c,
     "interval": bootstrap(samples[name], function, seed, 999, c)}
    for seed, (name, statistic, function, c) in enumerate((
        ("skewed", "mean", np.mean, 0.95),
        ("skewed", "median", np.median, 0.95),
        ("skewed", "deviation", lambda v, axis: np.std(v, axis=axis, ddof=1), 0.9),
        ("normal", "mean", np.mean, 0.99),
        ("normal", "quantile", lambda v, axis: np.quantile(v, 0.25, axis=axis), 0.95),
        # Of many resamples the mean is the sample's own.
        ("one far", "mean", np.mean, 0.95),
        ("ties", "mean", np.mean, 0.95),
    ))
]  # fmt: skip

x = np.round(np.linspace(0, 10, 21), 3)
y = np.round(2 - 0.7 * x + 0.11 * x**2 + random.normal(0, 0.3, 21), 4)
line = stats.linregress(x, y)
out["fit"] = {
    "x": x.tolist(),
    "y": y.tolist(),
    "line": [line.intercept, line.slope],
    "line errors": [line.intercept_stderr, line.stderr],
    "r squared": line.rvalue**2,
    "slope interval": [
        line.slope + s * stats.t.ppf(0.975, 19) * line.stderr for s in (-1, 1)
    ],
    "polynomials": [],
}
for degree in (0, 2, 3, 5):
    coefficients, covariance = np.polyfit(x, y, degree, cov=True)
    out["fit"]["polynomials"].append(
        {
            "degree": degree,
            "coefficients": coefficients[::-1].tolist(),
            "errors": np.sqrt(np.diag(covariance))[::-1].tolist(),
        }
    )
# A curve's value at x = 4 with its error: the parabola, by the covariance of its coefficients.
coefficients, covariance = np.polyfit(x, y, 2, cov=True)
row = np.array([16, 4, 1])
error = stats.t.ppf(0.975, 18) * np.sqrt(row @ covariance @ row)
out["fit"]["at 4"] = [row @ coefficients, row @ coefficients - error, row @ coefficients + error]

with open(sys.argv[1] + "/statistics.json", "w") as file:
    json.dump(out, file, indent=1, default=float)
    file.write("\n")
