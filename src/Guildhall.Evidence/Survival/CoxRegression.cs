using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// Cox's partial likelihood over spells at risk, maximised by Newton's method. Internal, because its covariates are taken as they come: <see cref="MentoringHazard"/> is what can't be misused.
/// D. Cox, "Regression models and life-tables", Journal of the Royal Statistical Society B 34, 1972; counting process form of P. Andersen, R. Gill, Annals of Statistics 10, 1982.
/// </summary>
sealed class CoxRegression
{
    const int MostSteps = 40;

    CoxRegression(double[] coefficients, double[] covariance, double logLikelihood, double logLikelihoodOfNone, double scoreStatistic) =>
        (Coefficients, Covariance, LogLikelihood, LogLikelihoodOfNone, ScoreStatistic) = (coefficients, covariance, logLikelihood, logLikelihoodOfNone, scoreStatistic);

    public double[] Coefficients { get; }

    /// <summary>Row after row.</summary>
    public double[] Covariance { get; }

    public double LogLikelihood { get; }

    /// <summary>With all coefficients zero.</summary>
    public double LogLikelihoodOfNone { get; }

    public double ScoreStatistic { get; }

    public Estimate Coefficient(int k) => new(Coefficients[k], Math.Sqrt(Covariance[k * Coefficients.Length + k]));

    /// <summary>Fits; a column of covariates each. Strata are null for one.</summary>
    public static Answer<CoxRegression> Fit(Spell[] spells, double[][] covariates, TieMethod ties, int[]? strata = null)
    {
        var size = covariates.Length;
        var (columns, spreads) = (new double[size][], new double[size]);
        for (var k = 0; k < size; k++)
        {
            var mean = covariates[k].Average();
            spreads[k] = Math.Sqrt(covariates[k].Sum(value => (value - mean) * (value - mean)) / spells.Length);
            if (!(spreads[k] > 1e-12 * Math.Abs(mean))) return new EvidenceRefusal(RefusalReason.CollinearCovariates, FormattableString.Invariant($"Covariate {k} is the same for everybody."));
            columns[k] = Array.ConvertAll(covariates[k], value => (value - mean) / spreads[k]);
        }
        var likelihoods = Enumerable.Range(0, spells.Length).GroupBy(i => strata?[i] ?? 0).OrderBy(stratum => stratum.Key)
            .Select(stratum => new PartialLikelihood([.. stratum], spells, columns, ties)).ToList();

        var (beta, score, information) = (new double[size], new double[size], new double[size * size]);
        var none = Evaluate(likelihoods, beta, score, information);
        if (SymmetricMatrix.Cholesky(information, size) is not { } factor)
            return new EvidenceRefusal(RefusalReason.CollinearCovariates, "Among sellers at risk together a covariate is constant or a combination of others.");
        var scoreStatistic = SymmetricMatrix.Solve(factor, size, score).Zip(score, (a, b) => a * b).Sum();

        var current = none;
        for (var step = 0; step < MostSteps; step++)
        {
            var change = SymmetricMatrix.Solve(factor, size, score);
            var start = beta.ToArray();
            var next = double.NaN;
            // The likelihood is concave: half a step that goes too far is still a step up.
            for (var halving = 0; halving < 20 && !(next >= current - 1e-9 * Math.Abs(current)); halving++)
            {
                for (var k = 0; k < size; k++) beta[k] = start[k] + change[k] / (1 << halving);
                next = Evaluate(likelihoods, beta, score, information);
            }
            if (!double.IsFinite(next) || beta.Max(Math.Abs) > 50 || SymmetricMatrix.Cholesky(information, size) is not { } nextFactor) break;
            (factor, current) = (nextFactor, next);
            if (change.Max(Math.Abs) < 1e-10)
            {
                var inverse = SymmetricMatrix.InverseOf(factor, size);
                for (var j = 0; j < size; j++)
                    for (var k = 0; k < size; k++) inverse[j * size + k] /= spreads[j] * spreads[k];
                return new CoxRegression([.. beta.Zip(spreads, (b, spread) => b / spread)], inverse, current, none, scoreStatistic);
            }
        }
        return new EvidenceRefusal(RefusalReason.Separation, "A covariate orders all that happened, so its hazard ratio has no upper or lower end.");
    }

    static double Evaluate(List<PartialLikelihood> strata, double[] beta, double[] score, double[] information)
    {
        Array.Clear(score);
        Array.Clear(information);
        return strata.Sum(stratum => stratum.Add(beta, score, information));
    }

    /// <summary>One stratum, in time order: sums over those at risk are kept while time runs backwards, adding who stops and taking off who hasn't started.</summary>
    sealed class PartialLikelihood
    {
        readonly Spell[] spells;
        readonly double[][] columns;
        readonly TieMethod ties;
        readonly int[] byStop;
        readonly int[] byStart;

        public PartialLikelihood(int[] rows, Spell[] spells, double[][] columns, TieMethod ties)
        {
            (this.spells, this.columns, this.ties) = (spells, columns, ties);
            byStop = [.. rows.OrderByDescending(i => spells[i].Stop)];
            byStart = [.. rows.OrderByDescending(i => spells[i].Start)];
        }

        public double Add(double[] beta, double[] score, double[] information)
        {
            var size = beta.Length;
            var risk = new RiskSums(size);
            var (logLikelihood, started) = (0.0, 0);
            for (var at = 0; at < byStop.Length;)
            {
                var time = spells[byStop[at]].Stop;
                var happened = new RiskSums(size);
                var deaths = 0;
                for (; at < byStop.Length && spells[byStop[at]].Stop == time; at++)
                {
                    var (row, predictor) = (byStop[at], Predictor(byStop[at], beta));
                    risk.Add(columns, row, Math.Exp(predictor));
                    if (!spells[row].Happened) continue;
                    deaths++;
                    happened.Add(columns, row, Math.Exp(predictor));
                    logLikelihood += predictor;
                    for (var k = 0; k < size; k++) score[k] += columns[k][row];
                }
                for (; started < byStart.Length && spells[byStart[started]].Start >= time; started++) risk.Add(columns, byStart[started], -Math.Exp(Predictor(byStart[started], beta)));
                for (var tie = 0; tie < deaths; tie++)
                {
                    var gone = ties == TieMethod.Efron ? (double)tie / deaths : 0;
                    var total = risk.Weight - gone * happened.Weight;
                    logLikelihood -= Math.Log(total);
                    for (var j = 0; j < size; j++)
                    {
                        var mean = (risk.First[j] - gone * happened.First[j]) / total;
                        score[j] -= mean;
                        for (var k = 0; k <= j; k++)
                        {
                            var part = (risk.Second[j * size + k] - gone * happened.Second[j * size + k]) / total - mean * (risk.First[k] - gone * happened.First[k]) / total;
                            information[j * size + k] += part;
                            if (k < j) information[k * size + j] += part;
                        }
                    }
                }
            }
            return logLikelihood;
        }

        double Predictor(int row, double[] beta)
        {
            var sum = 0.0;
            for (var k = 0; k < beta.Length; k++) sum += beta[k] * columns[k][row];
            return sum;
        }
    }

    /// <summary>Sums of weights, of weighted covariates and of their products.</summary>
    sealed class RiskSums(int size)
    {
        public double Weight { get; private set; }

        public double[] First { get; } = new double[size];

        public double[] Second { get; } = new double[size * size];

        public void Add(double[][] columns, int row, double weight)
        {
            Weight += weight;
            for (var j = 0; j < size; j++)
            {
                var x = weight * columns[j][row];
                First[j] += x;
                for (var k = 0; k <= j; k++) Second[j * size + k] += x * columns[k][row];
            }
        }
    }
}

/// <summary>How the likelihood treats several sellers to whom it happens at the same time.</summary>
public enum TieMethod
{
    /// <summary>B. Efron, Journal of the American Statistical Association 72, 1977: nearly exact, the default.</summary>
    Efron,

    /// <summary>N. Breslow, Biometrics 30, 1974: simpler, biased towards 0 with many ties.</summary>
    Breslow,
}
