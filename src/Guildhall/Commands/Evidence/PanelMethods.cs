using System.CommandLine;
using System.Text.Json.Nodes;
using Guildhall.Evidence;
using static Guildhall.Commands.Evidence.EvidenceMethod;

namespace Guildhall.Commands.Evidence;

/// <summary>Methods for sellers over months: group-time effects, and money as a ratio.</summary>
static class PanelMethods
{
    public static Command AttGt()
    {
        var method = new EvidenceMethod("att-gt", "The effect of joining on each cohort in each period, with averages (Callaway and Sant’Anna)");
        var unit = method.Column("--unit", "Who a row is about");
        var time = method.Column("--time", "The period of a row, a whole number; one period follows the other without a gap");
        var outcome = method.Column("--outcome", "The outcome, which differences are taken of; not money with zeros, see money");
        var joined = method.Column("--first-treated", "The period of joining; 0 or nothing for never");
        var covariates = method.ColumnList("--covariates", "What was known before joining, from each unit’s first row; text is taken as categories");
        var categories = method.ColumnList("--categories", "Covariates that are categories although they are written as numbers");
        var cluster = method.OptionalColumn("--cluster", "What units that depend on each other share, such as their mentor");
        var control = method.Choice("--control", "Who to compare with", "never", "notyet");
        var estimator = method.Choice("--estimator", "How controls are made comparable", "dr", "ipw", "or");
        var basePeriod = method.Choice("--base", "What periods before joining are compared with", "varying", "universal");
        var anticipation = method.Number("--anticipation", "Periods before joining in which the outcome may move already", 1, value => value >= 0, "0 or more");
        var seed = method.Number("--seed", "Fixes the draws of the simultaneous band", 1L, _ => true, "any whole number");
        return method.Build((parsed, table, stop) =>
        {
            var panel = SellerPeriods.Read(
                table, parsed.GetRequiredValue(unit), parsed.GetRequiredValue(time), parsed.GetRequiredValue(outcome), parsed.GetRequiredValue(joined),
                parsed.GetValue(covariates) ?? [], parsed.GetValue(categories) ?? [], parsed.GetValue(cluster));
            if (panel is null) return Unread;
            var outcomes = OutcomePanel.Of(panel.Periods, panel.Values, panel.Joined, panel.Covariates.Columns, panel.Clusters);
            if (outcomes.Value is null) return outcomes.Refusal!;
            var answer = GroupTimeEffects.Estimate(outcomes.Value, new()
            {
                Controls = parsed.GetValue(control) == "never" ? ControlGroup.NeverTreated : ControlGroup.NotYetTreated,
                Estimator = parsed.GetValue(estimator) switch { "dr" => GroupTimeEstimator.DoublyRobust, "ipw" => GroupTimeEstimator.InverseWeights, _ => GroupTimeEstimator.OutcomeRegression },
                Base = parsed.GetValue(basePeriod) == "varying" ? BasePeriod.Varying : BasePeriod.Universal,
                Anticipation = parsed.GetValue(anticipation),
            }, stop);
            return answer.Value is { } effects ? Told(effects, panel, (ulong)parsed.GetValue(seed)) : answer.Refusal!;
        });
    }

    public static Command Money()
    {
        var method = new EvidenceMethod("money", "How much more those who joined sold than they would have (ratio in ratios)");
        var unit = method.Column("--unit", "Who a row is about");
        var time = method.Column("--time", "The period of a row, a whole number; one period follows the other without a gap");
        var amount = method.Column("--amount", "The amount, 0 or more");
        var joined = method.Column("--first-treated", "The period of joining; 0 or nothing for never");
        var covariates = method.ColumnList("--covariates", "What was known before joining, never earlier money; text is taken as categories");
        var categories = method.ColumnList("--categories", "Covariates that are categories although they are written as numbers");
        var anticipation = method.Number("--anticipation", "Periods before joining that are left out of the base", 1, value => value >= 0, "0 or more");
        var draws = method.Number("--draws", "Draws of the bootstrap", 400, value => value >= 100, "100 or more");
        var seed = method.Number("--seed", "Fixes the draws", 1L, _ => true, "any whole number");
        return method.Build((parsed, table, stop) =>
        {
            var panel = SellerPeriods.Read(
                table, parsed.GetRequiredValue(unit), parsed.GetRequiredValue(time), parsed.GetRequiredValue(amount), parsed.GetRequiredValue(joined),
                parsed.GetValue(covariates) ?? [], parsed.GetValue(categories) ?? [], null);
            if (panel is null) return Unread;
            var money = MoneyPanel.Of(panel.Periods, panel.Values, panel.Joined, panel.Covariates.Columns);
            if (money.Value is null) return money.Refusal!;
            var answer = RatioInRatios.Estimate(money.Value, (ulong)parsed.GetValue(seed), parsed.GetValue(anticipation), parsed.GetValue(draws), stop);
            if (answer.Value is not { } ratio) return answer.Refusal!;
            var (share, gain) = (ratio.ShareInterval(), ratio.GainInterval());
            return new Result(new JsonObject
            {
                ["actual"] = ratio.Actual,
                ["counterfactual"] = ratio.Counterfactual,
                ["unitPeriods"] = ratio.SellerPeriods,
                ["logRatio"] = Figures(ratio.LogRatio),
                ["degreesOfFreedom"] = Figure(ratio.LogRatio.DegreesOfFreedom),
                ["shareMore"] = ratio.ShareMore,
                ["shareMoreLower"] = Figure(share.Lower),
                ["shareMoreUpper"] = Figure(share.Upper),
                ["gainPerUnitPeriod"] = ratio.GainPerSellerPeriod,
                ["gainLower"] = Figure(gain.Lower),
                ["gainUpper"] = Figure(gain.Upper),
                ["byEventTime"] = List(ratio.ByEventTime, point => new JsonObject
                {
                    ["eventTime"] = point.EventTime,
                    ["units"] = point.Sellers,
                    ["actual"] = point.Actual,
                    ["counterfactual"] = point.Counterfactual,
                    ["logStandardError"] = Figure(point.LogRatio.StandardError),
                }),
                ["leftOut"] = LeftOut(ratio.LeftOut, panel),
            }, Say($"{100 * ratio.ShareMore:+0.0;-0.0}% (95% interval {100 * share.Lower:+0.0;-0.0}% to {100 * share.Upper:+0.0;-0.0}%), {ratio.GainPerSellerPeriod:N2} a unit and period."));
        });
    }

    /// <summary>Stands for the refusal that the table has kept.</summary>
    static EvidenceRefusal Unread => new(RefusalReason.MissingValue, "");

    static Result Told(GroupTimeEffects effects, SellerPeriods panel, ulong seed)
    {
        var figures = new JsonObject
        {
            ["control"] = effects.Design.Controls == ControlGroup.NeverTreated ? "never" : "notyet",
            ["estimator"] = effects.Design.Estimator switch { GroupTimeEstimator.DoublyRobust => "dr", GroupTimeEstimator.InverseWeights => "ipw", _ => "or" },
            ["base"] = effects.Design.Base == BasePeriod.Varying ? "varying" : "universal",
            ["anticipation"] = effects.Design.Anticipation,
            ["units"] = effects.Sellers,
            ["neverTreated"] = effects.NeverTreated,
            ["alwaysTreated"] = effects.AlwaysTreated,
            ["covariates"] = List(panel.Covariates.Names, name => JsonValue.Create(name)),
            ["cells"] = List(effects.Cells, cell =>
            {
                var row = Figures(cell.Effect);
                row.Insert(0, "cohort", cell.Cohort + panel.FirstPeriod - 1);
                row.Insert(1, "period", cell.Period + panel.FirstPeriod - 1);
                row["controls"] = cell.Controls;
                return row;
            }),
            ["leftOut"] = LeftOut(effects.LeftOut, panel),
        };
        var simple = effects.Simple();
        figures["simple"] = simple.Value is { } overall ? Figures(overall.Effect) : null;
        figures["byEventTime"] = Series(effects.ByEventTime(), "eventTime", 0, seed);
        figures["byCohort"] = Series(effects.ByCohort(), "cohort", panel.FirstPeriod - 1, seed);
        figures["byPeriod"] = Series(effects.ByPeriod(), "period", panel.FirstPeriod - 1, seed);
        figures["beforeJoining"] = effects.BeforeJoining().Value is { } test ? new JsonObject { ["statistic"] = test.Statistic, ["degrees"] = test.Degrees, ["pValue"] = Figure(test.PValue) } : null;
        figures["trend"] = TrendAdjustment.Of(effects).Value is { } trend
            ? new JsonObject { ["slope"] = Figures(trend.Slope), ["adjusted"] = Figures(trend.Effect), ["breakdownSlope"] = Figure(trend.BreakdownSlope()) } : null;
        if (simple.Value is null) return new(figures, "No cohort has an effect in a period after joining; the file has what lies before.");
        var interval = simple.Value.Effect.Interval();
        var leftOut = effects.LeftOut.Count == 0 ? "" : Say($" Cohorts or periods left out: {effects.LeftOut.Count}; see leftOut.");
        return new(figures, Say($"Average effect {simple.Value.Effect.Value:0.####} (95% interval {interval.Lower:0.####} to {interval.Upper:0.####}) on {effects.CohortSizes.Values.Sum():N0} units in {effects.CohortSizes.Count} cohorts.{leftOut}"));
    }

    static JsonArray LeftOut(IReadOnlyList<LeftOutCohort> cohorts, SellerPeriods panel) => List(cohorts, cohort => new JsonObject
    {
        ["cohort"] = cohort.Cohort + panel.FirstPeriod - 1,
        ["fromPeriod"] = cohort.Period + panel.FirstPeriod - 1,
        ["reason"] = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName($"{cohort.Reason}"),
        ["message"] = cohort.Message,
    });

    static JsonObject? Series(Answer<EffectSeries> answer, string key, int shift, ulong seed) => answer.Value is not { } series ? null : new()
    {
        ["overall"] = Figures(series.Overall.Effect),
        ["simultaneousCriticalValue"] = Figure(series.SimultaneousCriticalValue(seed)),
        ["points"] = List(series.Points, point =>
        {
            var row = Figures(point.Effect);
            row.Insert(0, key, point.Key + shift);
            row["units"] = point.Sellers;
            return row;
        }),
    };
}
