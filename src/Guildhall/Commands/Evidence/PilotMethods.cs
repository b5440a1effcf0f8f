using System.CommandLine;
using System.Text.Json.Nodes;
using Guildhall.Evidence;
using static Guildhall.Commands.Evidence.EvidenceMethod;

namespace Guildhall.Commands.Evidence;

/// <summary>Methods for arms and seats that were drawn by lot, and for planning them.</summary>
static class PilotMethods
{
    public static Command Ab()
    {
        var method = new EvidenceMethod("ab", "The difference of two arms at the planned end (Welch; Lin with covariates; Newcombe for shares)");
        var (treated, outcome) = Arms(method);
        var covariates = method.ColumnList("--covariates", "What was known before the arms were drawn; text is taken as categories");
        return method.Build((parsed, table, _) =>
        {
            var (flags, values, known) = (table.Flags(parsed.GetRequiredValue(treated)), table.Numbers(parsed.GetRequiredValue(outcome)), table.Covariates(parsed.GetValue(covariates) ?? []));
            if (table.Refusal is not null) return Unread;
            var welch = ArmComparison.Welch(flags, values);
            if (welch.Value is null) return welch.Refusal!;
            var figures = Figures(welch.Value);
            if (known.Columns.Count > 0)
            {
                var lin = ArmComparison.Lin(flags, values, known);
                if (lin.Value is null) return lin.Refusal!;
                figures["adjusted"] = Figures(lin.Value);
            }
            if (Array.TrueForAll(values, value => value is 0 or 1))
            {
                int Yes(bool arm) => values.Where((value, i) => flags[i] == arm && value == 1).Count();
                var newcombe = Proportions.Newcombe(Yes(true), welch.Value.Treated, Yes(false), welch.Value.Controls);
                (figures["shareDifferenceLower"], figures["shareDifferenceUpper"]) = (newcombe.Lower, newcombe.Upper);
            }
            return new Result(figures, Sentence(welch.Value));
        });
    }

    public static Command Cuped()
    {
        var method = new EvidenceMethod("cuped", "The difference of two arms with the noise that earlier figures explain taken out (CUPED)");
        var (treated, outcome) = Arms(method);
        var earlier = method.ColumnList("--earlier", "Figures from before the arms were drawn; text is taken as categories", required: true);
        return method.Build((parsed, table, _) =>
        {
            var (flags, values, known) = (table.Flags(parsed.GetRequiredValue(treated)), table.Numbers(parsed.GetRequiredValue(outcome)), table.Covariates(parsed.GetRequiredValue(earlier)));
            if (table.Refusal is not null) return Unread;
            var answer = ArmComparison.Cuped(flags, values, known);
            return answer.Value is { } comparison ? new Result(Figures(comparison), Sentence(comparison)) : answer.Refusal!;
        });
    }

    public static Command Sequence()
    {
        var method = new EvidenceMethod("sequence", "A pilot read today, safe to look at on any day (normal-mixture confidence sequence)");
        var (treated, outcome) = Arms(method);
        var planned = method.Number("--planned", "Rows at the planned end, set beforehand", 1_000, value => value > 0, "above 0");
        var share = method.Number("--share", "The chance of being drawn into the treated arm", 0.5, value => value is > 0 and < 1, "between 0 and 1");
        var earlier = method.ColumnList("--earlier", "Figures from before the arms were drawn; text is taken as categories");
        return method.Build((parsed, table, _) =>
        {
            var (flags, values, known) = (table.Flags(parsed.GetRequiredValue(treated)), table.Numbers(parsed.GetRequiredValue(outcome)), table.Covariates(parsed.GetValue(earlier) ?? []));
            if (table.Refusal is not null) return Unread;
            var answer = ConfidenceSequence.Read(flags, values, parsed.GetValue(planned), parsed.GetValue(share), earlier: known.Columns.Count == 0 ? null : known);
            if (answer.Value is not { } reading) return answer.Refusal!;
            return new Result(new JsonObject
            {
                ["difference"] = reading.Difference,
                ["safeLower"] = reading.SafeToday.Lower,
                ["safeUpper"] = reading.SafeToday.Upper,
                ["plannedEndLower"] = reading.AtPlannedEnd.Lower,
                ["plannedEndUpper"] = reading.AtPlannedEnd.Upper,
                ["rows"] = reading.Rows,
                ["plannedRows"] = reading.PlannedRows,
            }, Say($"Safe to read today: {reading.Difference:0.####}, {reading.SafeToday.Lower:0.####} to {reading.SafeToday.Upper:0.####}, after {reading.Rows:N0} of {reading.PlannedRows:N0} rows."));
        });
    }

    public static Command Lottery()
    {
        var method = new EvidenceMethod("lottery", "What a seat drawn by lot changed, for who was offered one and for who took it (two-stage least squares)");
        var won = method.Column("--won", "1 for who won a seat");
        var mentored = method.Column("--mentored", "1 for who was mentored, having won or not");
        var outcome = method.Column("--outcome", "The outcome, a number; of everybody who applied");
        var round = method.OptionalColumn("--round", "The round of the lottery");
        return method.Build((parsed, table, _) =>
        {
            var (winners, seats, values) = (table.Flags(parsed.GetRequiredValue(won)), table.Flags(parsed.GetRequiredValue(mentored)), table.Numbers(parsed.GetRequiredValue(outcome)));
            var rounds = parsed.GetValue(round) is { } column ? table.Groups(column) : new int[table.Rows];
            if (table.Refusal is not null) return Unread;
            var answer = LotteryEffect.Estimate(winners, seats, values, rounds);
            if (answer.Value is not { } effect) return answer.Refusal!;
            var interval = effect.Offered.Interval();
            return new Result(new JsonObject
            {
                ["offered"] = EvidenceMethod.Figures(effect.Offered),
                ["takeUp"] = EvidenceMethod.Figures(effect.TakeUp),
                ["compliers"] = effect.Compliers.Value is { } compliers ? EvidenceMethod.Figures(compliers.Effect) : null,
                ["firstStageF"] = effect.Compliers.Value is { } strong ? Figure(strong.FirstStageF) : null,
                ["compliersRefusal"] = effect.Compliers.Refusal?.Message,
                ["rows"] = effect.Rows,
            }, Say($"Winning a seat changed the outcome by {effect.Offered.Value:0.####} (95% interval {interval.Lower:0.####} to {interval.Upper:0.####}).{(effect.Compliers.Refusal is { } refusal ? $" {refusal.Message}" : "")}"));
        });
    }

    public static Command Power()
    {
        var method = new EvidenceMethod("power", "How many sellers each arm needs, and what could be seen; needs no file");
        var difference = method.OptionalNumber("--difference", "The difference of means worth finding");
        var deviation = method.OptionalNumber("--deviation", "The standard deviation within an arm");
        var share = method.OptionalNumber("--share", "The share of one arm, for shares");
        var otherShare = method.OptionalNumber("--other-share", "The share of the other");
        var rows = method.OptionalNumber("--rows", "Rows an arm: says the power instead of the rows, for means");
        var power = method.Number("--power", "The chance of finding it", 0.8, value => value is > 0.05 and < 1, "above 0.05 and below 1");
        return method.Build(parsed =>
        {
            if (parsed.GetValue(share) is { } p && parsed.GetValue(otherShare) is { } q)
            {
                if (p is <= 0 or >= 1 || q is <= 0 or >= 1) return new EvidenceRefusal(RefusalReason.OutOfRange, "A share lies between 0 and 1.");
                return Told(SampleSize.ForShares(p, q, parsed.GetValue(power)), parsed.GetValue(power));
            }
            if (parsed.GetValue(difference) is not { } d || parsed.GetValue(deviation) is not { } s)
                return new EvidenceRefusal(RefusalReason.MissingValue, "Give --difference and --deviation, or --share and --other-share.");
            if (!(s > 0)) return new EvidenceRefusal(RefusalReason.OutOfRange, "A standard deviation is above 0.");
            if (parsed.GetValue(rows) is not { } n) return Told(SampleSize.ForMeans(d, s, parsed.GetValue(power)), parsed.GetValue(power));
            if (!(n >= 2)) return new EvidenceRefusal(RefusalReason.TooFewRows, "An arm has two rows or more.");
            var found = SampleSize.Power(n, d, s);
            return new Result(new JsonObject { ["rowsPerArm"] = n, ["power"] = found, ["smallestVisible"] = SampleSize.SmallestVisible(s * Math.Sqrt(2 / n), parsed.GetValue(power)) }, Say($"A difference of {d} is found {100 * found:0.0} times in 100."));
        });
    }

    static EvidenceRefusal Unread => new(RefusalReason.MissingValue, "");

    static Answer<Result> Told(Answer<PlannedSize> size, double power) => size.Value is { } planned
        ? new Result(new JsonObject { ["rowsPerArm"] = planned.RowsPerArm, ["power"] = power }, Say($"{planned.Whole:N0} rows an arm find it {100 * power:0.#} times in 100.")) : size.Refusal!;

    static (Option<string> Treated, Option<string> Outcome) Arms(EvidenceMethod method) =>
        (method.Column("--treated", "1 for the treated arm, 0 for the other, as drawn"), method.Column("--outcome", "The outcome, a number"));

    static JsonObject Figures(ArmComparison comparison)
    {
        var figures = EvidenceMethod.Figures(comparison.Difference, comparison.Interval());
        (figures["pValue"], figures["degreesOfFreedom"], figures["treated"], figures["controls"], figures["varianceExplained"]) =
            (Figure(comparison.PValue), Figure(comparison.DegreesOfFreedom), comparison.Treated, comparison.Controls, Figure(comparison.VarianceExplained));
        return figures;
    }

    static string Sentence(ArmComparison comparison)
    {
        var interval = comparison.Interval();
        return Say($"Difference {comparison.Difference.Value:0.####} (95% interval {interval.Lower:0.####} to {interval.Upper:0.####}), if this is the planned end and nobody looked before.");
    }
}
