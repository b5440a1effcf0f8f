using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// What a seat that was drawn by lot changed: between winners and losers, and for those who take a seat because they won it (compliers). G. Imbens, J. Angrist, "Identification and estimation of local average treatment effects",
/// Econometrica 62, 1994, by two-stage least squares with an effect a round, since rounds have different odds.
/// </summary>
/// <remarks>Assumes that winning changes the outcome through mentoring alone, and keeps nobody from it. Deterministic; time O(n R²) with R rounds.</remarks>
public sealed class LotteryEffect
{
    /// <summary>The least F of the first stage at which the effect on compliers is reported: D. Staiger, J. Stock, "Instrumental variables regression with weak instruments", Econometrica 65, 1997.</summary>
    public const double LeastF = 10;

    LotteryEffect(Estimate offered, Estimate takeUp, Answer<ComplierEffect> compliers, int rows) => (Offered, TakeUp, Compliers, Rows) = (offered, takeUp, compliers, rows);

    /// <summary>The difference that winning made, mentored or not, in the outcome's unit: what the offer does.</summary>
    public Estimate Offered { get; }

    /// <summary>By how much winning raised the share of the mentored.</summary>
    public Estimate TakeUp { get; }

    /// <summary>The effect on compliers, or a refusal where winning hardly changes who is mentored.</summary>
    public Answer<ComplierEffect> Compliers { get; }

    /// <summary>The number of applicants.</summary>
    public int Rows { get; }

    /// <summary>Estimates what a lottery changed. Standard errors are heteroskedasticity-robust with n/(n − k).</summary>
    /// <param name="won">Whether each applicant won a seat.</param>
    /// <param name="mentored">Whether each was mentored, having won or not.</param>
    /// <param name="outcome">A finite number an applicant; counted for losers and for winners who stayed away too.</param>
    /// <param name="rounds">The round of each; a round that nobody or everybody won says nothing and is left out.</param>
    /// <returns>The effects, or a refusal: no round with winners and losers, too few rows, a missing value, or the same outcome everywhere.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    public static Answer<LotteryEffect> Estimate(bool[] won, bool[] mentored, double[] outcome, int[] rounds)
    {
        ArgumentNullException.ThrowIfNull(won);
        ArgumentNullException.ThrowIfNull(mentored);
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(rounds);
        if (mentored.Length != won.Length || outcome.Length != won.Length || rounds.Length != won.Length) throw new ArgumentException("The rows don’t fit together.", nameof(outcome));
        var kept = Enumerable.Range(0, won.Length).GroupBy(i => rounds[i]).Where(round => round.Any(i => won[i]) && round.Any(i => !won[i])).SelectMany(round => round).Order().ToArray();
        if (kept.Length == 0) return new EvidenceRefusal(RefusalReason.NoControls, "No round has both winners and losers.");
        (won, mentored, outcome, rounds) = ([.. kept.Select(i => won[i])], [.. kept.Select(i => mentored[i])], [.. kept.Select(i => outcome[i])], [.. kept.Select(i => rounds[i])]);
        if (ArmComparison.Check(won, outcome) is { } refusal) return refusal;

        double[][] effects = [.. rounds.Distinct().Order().Select(round => rounds.Select(r => r == round ? 1.0 : 0).ToArray())];
        var (offer, seat) = (Flags(won), Flags(mentored));
        if (TwoStageLeastSquares.Fit(outcome, offer, offer, effects) is not { } direct || TwoStageLeastSquares.Fit(seat, offer, offer, effects) is not { } first)
            return new EvidenceRefusal(RefusalReason.TooFewRows, "There are no more applicants than rounds.");
        var takeUp = first.Effect(first.Robust());
        // Not NaN where everybody who won and nobody else was mentored: then the first stage is exact.
        var f = first.ClassicalF;
        Answer<ComplierEffect> compliers = !(f >= LeastF)
            ? new EvidenceRefusal(RefusalReason.Unbounded, FormattableString.Invariant($"Winning hardly changes who is mentored (F {f:F1}, at least {LeastF} is needed), so its effect can’t be divided by it."))
            : TwoStageLeastSquares.Fit(outcome, seat, offer, effects) is { } fit ? new ComplierEffect(fit.Effect(fit.Robust()), f) : new EvidenceRefusal(RefusalReason.TooFewRows, "There are no more applicants than rounds.");
        return new LotteryEffect(direct.Effect(direct.Robust()), takeUp, compliers, won.Length);
    }

    static double[] Flags(bool[] values) => Array.ConvertAll(values, value => value ? 1.0 : 0);
}

/// <summary>The effect of mentoring on those who are mentored because they won.</summary>
/// <param name="Effect">In the outcome's unit.</param>
/// <param name="FirstStageF">How strongly winning moves mentoring; 10 or more.</param>
public sealed record ComplierEffect(Estimate Effect, double FirstStageF);
