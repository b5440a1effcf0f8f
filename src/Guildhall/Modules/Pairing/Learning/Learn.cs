using Guildhall.Evidence;
using Guildhall.Matching;

namespace Guildhall.Modules.Pairing;

/// <summary>
/// Reads what past pairs say of the weights (docs/methods/learning.md): which factors and traits of mentors go with what mentees gained, the step of the weights that follows, and what choices made by lot say of that step. Pure: equal studies give equal findings, and one whose
/// verdict allows no number gives none.
/// </summary>
sealed class Learn
{
    public const int LeastMentees = 30, MenteesATrait = 10, LeastMentors = 10;

    /// <summary>A trait in which fewer mentees than this differ from the rest is left out: it could tell nothing but somebody.</summary>
    const int LeastApart = 10;

    const int Folds = 5;
    const double Whole = 10_000;

    static readonly Factor[] factors = Enum.GetValues<Factor>();

    readonly LearningStudy study;
    readonly IReadOnlyDictionary<Factor, int> weights;

    Learn(LearningStudy study, IReadOnlyDictionary<Factor, int> weights) => (this.study, this.weights) = (study, weights);

    /// <param name="study">What there is to learn from.</param>
    /// <param name="weights">The weights in use.</param>
    public static LearningFindings Of(LearningStudy study, IReadOnlyDictionary<Factor, int> weights) => new Learn(study, weights).Read();

    LearningFindings Read()
    {
        var (rows, columns) = (study.Rows, Columns(study.Rows));
        var (mentors, needed) = (rows.Select(row => row.Mentor).Distinct().Count(), Math.Max(LeastMentees, MenteesATrait * columns.Count));
        var found = new LearningFindings
        {
            Verdict = LearningVerdict.TooFew,
            DataThrough = study.DataThrough,
            Mentees = study.Mentees,
            Measured = rows.Count,
            TooNew = study.TooNew,
            Mentors = mentors,
            Traits = columns.Count,
            NeedsMentees = Math.Max(0, needed - rows.Count),
            NeedsMentors = Math.Max(0, LeastMentors - mentors),
            Weights = weights,
        };
        if (found is not { NeedsMentees: 0, NeedsMentors: 0 }) return found;
        found = found with { Verdict = LearningVerdict.NothingProposed };
        if (columns.Count == 0 || Model.Of(rows, columns, weights) is not { } model) return found;

        found = found with { Associations = [.. columns.Zip(model.Associations.Traits, Found)] };
        if (model.Proposed is null) return found;
        var judgement = Judge();
        var shown = judgement.EffectiveChoices >= OffPolicyEvaluation.LeastEffectiveChoices;
        return found with
        {
            Verdict = !shown ? LearningVerdict.TooFewChoices : judgement.Evaluation!.MayBeReleased ? LearningVerdict.Better : LearningVerdict.NotClearlyBetter,
            Proposed = model.Proposed,
            Judgement = new(judgement.Choices, judgement.EffectiveChoices, shown ? Range(judgement.Evaluation!.DoublyRobustGain!.Value) : null, shown ? Range(judgement.Evaluation!.SelfNormalisedGain) : null),
        };
    }

    static FoundRange Range(Estimate estimate) => FoundRange.Of(estimate.Value, estimate.Interval());

    static FoundTrait Found(Column column, TraitAssociation one) => new(column.Factor, column.Trait, FoundRange.Of(one.Association.Value, one.Interval), one.AdjustedPValue, WeightStep.StandsOut(one));

    /// <summary>
    /// What choosing by the proposed weights would have brought. The step that is judged on a mentor's choices is learned from the pairs of others: weights would always do well on the pairs that they were learned from. So it is the rule that is judged, a fifth at a time.
    /// </summary>
    (int Choices, double EffectiveChoices, OffPolicyEvaluation? Evaluation) Judge()
    {
        var (log, clusters) = (new List<LoggedChoice>(), new List<int>());
        for (var fold = 0; fold < Folds; fold++)
        {
            var judged = study.Rows.Where(row => row.Mentor % Folds == fold && row.How.IsByLot).ToList();
            List<LearningRow> others = [.. study.Rows.Where(row => row.Mentor % Folds != fold)];
            var model = Model.Of(others, Columns(others), weights);
            log.AddRange(judged.Select(row => Logged(row, model)));
            clusters.AddRange(judged.Select(row => row.Mentor));
        }

        var evaluation = OffPolicyEvaluation.Evaluate(log, clusters: clusters).Value;
        return (log.Count, evaluation?.EffectiveChoices ?? 0, evaluation);
    }

    /// <summary>
    /// The odds of each candidate as they would have been: those of then, times e for every near tie's worth of points by which the proposed weights rate the pair higher. Who could not have been drawn then can't be judged.
    /// </summary>
    LoggedChoice Logged(LearningRow row, Model? model)
    {
        var then = row.How.Candidates.Sum(one => one.Odds);
        double Rated(ChoiceCandidate one) => model?.Proposed is not { } proposed ? 0 : factors.Sum(factor => (proposed[factor] - weights.GetValueOrDefault(factor)) * one.Values[factor] / Whole);
        return new(0, row.Gain, row.How.Candidates[0].Odds / then, Shifted([.. row.How.Candidates.Select(one => one.Odds)], [.. row.How.Candidates.Select(Rated)], row.How.NearTiePoints!.Value), [.. row.How.Candidates.Select(one => model?.Predict(row, one) ?? 0)]);
    }

    /// <summary>Odds times e for every near tie's worth of points that a pair is rated higher, brought to a sum of 1.</summary>
    internal static double[] Shifted(IReadOnlyList<double> odds, IReadOnlyList<double> rated, double nearTiePoints)
    {
        var best = rated.Max();
        double[] shifted = [.. odds.Zip(rated, (chance, points) => chance * Math.Exp((points - best) / nearTiePoints))];
        var total = shifted.Sum();
        return Array.ConvertAll(shifted, chance => chance / total);
    }

    /// <summary>The traits that differ enough between rows.</summary>
    static List<Column> Columns(IReadOnlyList<LearningRow> rows) =>
        [.. factors.Select(factor => new Column(factor, null)).Concat(Enum.GetValues<MentorTrait>().Select(trait => new Column(null, trait))).Where(column => Apart([.. rows.Select(row => column.Of(row, row.How.Candidates[0])).Where(double.IsFinite)]) >= LeastApart)];

    /// <summary>How many have another value than most.</summary>
    static int Apart(List<double> values) => values.Count == 0 ? 0 : values.Count - values.CountBy(value => value).Max(one => one.Value);

    /// <summary>A trait: a factor of the pair, or one of the mentor.</summary>
    sealed record Column(Factor? Factor, MentorTrait? Trait)
    {
        public string Name => Factor?.ToString() ?? Trait!.Value.ToString();

        public double Of(LearningRow row, ChoiceCandidate candidate) => (Factor, Trait) switch
        {
            ({ } factor, _) => candidate.Values[factor] / Whole,
            (_, MentorTrait.Years) => row.MentorYears,
            _ => row.MentorMentees,
        };
    }

    /// <summary>What some rows say.</summary>
    sealed class Model
    {
        readonly List<Column> columns;
        readonly double[] middles;

        Model(List<Column> columns, double[] middles, TraitAssociations associations, IReadOnlyDictionary<Factor, int> weights)
        {
            (this.columns, this.middles, Associations) = (columns, middles, associations);
            Proposed = WeightStep.From(weights, [.. columns.Zip(associations.Traits).Where(one => one.First.Factor is not null).Select(one => (one.First.Factor!.Value, one.Second))]);
        }

        public TraitAssociations Associations { get; }

        public IReadOnlyDictionary<Factor, int>? Proposed { get; }

        /// <returns>Null where nothing can be fitted.</returns>
        public static Model? Of(IReadOnlyList<LearningRow> rows, List<Column> columns, IReadOnlyDictionary<Factor, int> weights)
        {
            // What is not known of a mentor counts as the middle of the others.
            double[] centers = [.. columns.Select(column => rows.Select(row => column.Of(row, row.How.Candidates[0])).Where(double.IsFinite).DefaultIfEmpty().Average())];
            double[][] values = [.. columns.Select((column, k) => rows.Select(row => Known(column.Of(row, row.How.Candidates[0]), centers[k])).ToArray())];
            return TraitAssociations.Estimate([.. rows.Select(row => row.Gain)], new CovariateTable([.. columns.Select(column => column.Name)], values), [.. rows.Select(row => row.Mentor)]).Value is { } associations
                ? new(columns, centers, associations, weights) : null;
        }

        /// <summary>The gain to be expected with a candidate. Of those who were not chosen nothing is kept but the fit: in traits of their own they count as the middle.</summary>
        public double Predict(LearningRow row, ChoiceCandidate candidate) =>
            Associations.Predict([.. columns.Select((column, k) => column.Factor is null ? middles[k] : Known(column.Of(row, candidate), middles[k]))]);

        static double Known(double value, double middle) => double.IsFinite(value) ? value : middle;
    }
}
