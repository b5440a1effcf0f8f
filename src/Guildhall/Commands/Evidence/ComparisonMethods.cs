using System.CommandLine;
using System.Text.Json.Nodes;
using Guildhall.Evidence;
using static Guildhall.Commands.Evidence.EvidenceMethod;

namespace Guildhall.Commands.Evidence;

/// <summary>Methods for controls that weren't drawn by lot.</summary>
static class ComparisonMethods
{
    public static Command Match()
    {
        var method = new EvidenceMethod("match", "Pair those who joined with the nearest controls by propensity, and judge the balance");
        var joined = method.Column("--treated", "1 for who joined, 0 for who didn’t");
        var covariates = method.ColumnList("--covariates", "What was known before joining; text is taken as categories", required: true);
        var outcome = method.OptionalColumn("--outcome", "A number to compare between pairs; never one whose own past is among the covariates");
        var caliper = method.Number("--caliper", "The widest distance of a pair, in standard deviations of the log odds of joining", 0.2, value => value > 0, "above 0");
        var replace = method.Flag("--replace", "A control may serve several");
        return method.Build((parsed, table, _) =>
        {
            var (flags, known) = (table.Flags(parsed.GetRequiredValue(joined)), table.Covariates(parsed.GetRequiredValue(covariates)));
            var values = parsed.GetValue(outcome) is { } column ? table.Numbers(column) : null;
            if (table.Refusal is not null) return new EvidenceRefusal(RefusalReason.MissingValue, "");
            var propensity = LogisticRegression.Fit(flags, known);
            if (propensity.Value is null) return propensity.Refusal!;
            double[] odds = [.. propensity.Value.Chances.Select(chance => Math.Log(chance / (1 - chance)))];
            var matching = NearestNeighbourMatching.Match(flags, odds, parsed.GetValue(replace), parsed.GetValue(caliper));
            if (matching.Value is null) return matching.Refusal!;
            var judged = new CovariateTable(["log odds of joining", .. known.Names], [odds, .. known.Columns]);
            var (before, after) = (Guildhall.Evidence.Balance.Of(flags, judged), Guildhall.Evidence.Balance.Of(flags, judged, [.. matching.Value.Weights]));
            if (before.Value is null || after.Value is null) return before.Refusal ?? after.Refusal!;
            var difference = values is null ? null : matching.Value.Compare(values);
            if (difference is { Refusal: { } refusal }) return refusal;
            return new Result(new JsonObject
            {
                ["pairs"] = matching.Value.Pairs,
                ["isComparable"] = after.Value.IsComparable,
                ["balanceBefore"] = Figures(before.Value),
                ["balanceAfter"] = Figures(after.Value),
                ["difference"] = difference is { Value: { } found } ? EvidenceMethod.Figures(found.Difference) : null,
                ["matches"] = List(Enumerable.Range(0, flags.Length).Where(i => flags[i]), i => new JsonObject { ["row"] = i + 1, ["controlRow"] = matching.Value.ControlOf[i] < 0 ? null : matching.Value.ControlOf[i] + 1 }),
            }, Say($"{matching.Value.Pairs:N0} of {flags.Count(f => f):N0} have a control; the pairs {(after.Value.IsComparable ? "are comparable" : "are not comparable")}."));
        });
    }

    public static Command Balance()
    {
        var method = new EvidenceMethod("balance", "Whether controls are like those who joined: standardised differences");
        var joined = method.Column("--treated", "1 for who joined, 0 for who didn’t");
        var covariates = method.ColumnList("--covariates", "What was known before joining; text is taken as categories", required: true);
        var weights = method.OptionalColumn("--weights", "The weight of each row, 0 or more");
        return method.Build((parsed, table, _) =>
        {
            var (flags, known) = (table.Flags(parsed.GetRequiredValue(joined)), table.Covariates(parsed.GetRequiredValue(covariates)));
            var given = parsed.GetValue(weights) is { } column ? table.Numbers(column) : null;
            if (table.Refusal is not null) return new EvidenceRefusal(RefusalReason.MissingValue, "");
            if (given is not null && Array.Exists(given, weight => weight < 0)) return new EvidenceRefusal(RefusalReason.OutOfRange, "A weight is below 0.");
            var balance = Guildhall.Evidence.Balance.Of(flags, known, given);
            if (balance.Value is null) return balance.Refusal!;
            var worst = balance.Value.Covariates.MaxBy(covariate => Math.Abs(covariate.StandardisedDifference))!;
            return new Result(Figures(balance.Value), Say($"{(balance.Value.IsComparable ? "Comparable" : "Not comparable")}: the largest difference is {worst.StandardisedDifference:0.###} standard deviations in {worst.Name}; {Guildhall.Evidence.Balance.LargestDifference} is allowed."));
        });
    }

    static JsonObject Figures(Balance balance) => new()
    {
        ["isComparable"] = balance.IsComparable,
        ["treated"] = balance.Treated,
        ["controls"] = balance.Controls,
        ["effectiveControls"] = balance.EffectiveControls,
        ["covariates"] = List(balance.Covariates, covariate => new JsonObject
        {
            ["name"] = covariate.Name,
            ["meanTreated"] = covariate.MeanTreated,
            ["meanControls"] = covariate.MeanControls,
            ["standardisedDifference"] = Figure(covariate.StandardisedDifference),
        }),
    };
}
