using System.CommandLine;
using System.Text.Json.Nodes;
using Guildhall.Evidence;
using static Guildhall.Commands.Evidence.EvidenceMethod;

namespace Guildhall.Commands.Evidence;

/// <summary>Methods for times until something happens.</summary>
static class WaitingMethods
{
    public static Command Survival()
    {
        var method = new EvidenceMethod("survival", "The share still waiting by time, by groups known at the start (Kaplan and Meier, log-rank, restricted mean)");
        var (time, happened, entry) = Times(method);
        var group = method.OptionalColumn("--group", "A group known at entry, such as winners and losers of a lottery; never who was mentored later");
        var horizon = method.OptionalNumber("--horizon", "Where the mean time stops counting, such as 90");
        return method.Build((parsed, table, _) =>
        {
            var lifetimes = Lifetimes(table, parsed.GetRequiredValue(time), parsed.GetRequiredValue(happened), parsed.GetValue(entry), null, [], null);
            string[] names = parsed.GetValue(group) is { } column ? table.Texts(column) : [.. Enumerable.Repeat("all", table.Rows)];
            if (table.Refusal is not null) return new EvidenceRefusal(RefusalReason.MissingValue, "");
            if (parsed.GetValue(horizon) is <= 0) return new EvidenceRefusal(RefusalReason.OutOfRange, "The horizon is above 0.");
            var groups = names.Distinct().Order(StringComparer.Ordinal).Select(name => (Name: name, Sellers: lifetimes.Where((_, i) => names[i] == name).ToList())).ToList();

            var (curves, means) = (new JsonArray(), new List<RestrictedMean>());
            foreach (var (name, sellers) in groups)
            {
                var curve = SurvivalCurve.Of(sellers);
                if (curve.Value is null) return curve.Refusal! with { Message = $"Group {name}: {curve.Refusal!.Message}" };
                var (lower, upper) = curve.Value.QuantileInterval(0.5);
                var figures = new JsonObject
                {
                    ["group"] = name,
                    ["sellers"] = sellers.Count,
                    ["happened"] = sellers.Count(seller => seller.Happened),
                    ["median"] = curve.Value.Quantile(0.5),
                    ["medianLower"] = lower,
                    ["medianUpper"] = upper,
                };
                if (parsed.GetValue(horizon) is { } end)
                {
                    var mean = curve.Value.MeanUpTo(end);
                    if (mean.Value is null) return mean.Refusal! with { Message = $"Group {name}: {mean.Refusal!.Message}" };
                    means.Add(mean.Value);
                    figures["restrictedMean"] = Figures(mean.Value.Mean);
                }
                figures["points"] = List(curve.Value.Points, point =>
                {
                    var row = Figures(point.Share, SurvivalCurve.IntervalOf(point));
                    row.Insert(0, "time", point.Time);
                    (row["atRisk"], row["happened"], row["censored"]) = (point.AtRisk, point.Happened, point.Censored);
                    return row;
                });
                curves.Add(figures);
            }
            var whole = new JsonObject { ["groups"] = curves };
            var test = groups.Count < 2 ? null : LogRankTest.Of([.. groups.Select(g => g.Sellers)]).Value;
            if (test is not null) whole["logRank"] = new JsonObject { ["statistic"] = test.Statistic, ["degrees"] = test.Degrees, ["pValue"] = test.PValue };
            if (means.Count == 2) whole["restrictedMeanDifference"] = Figures(means[1].DifferenceFrom(means[0]));
            return new Result(whole, test is null ? Say($"{lifetimes.Count:N0} sellers.") : Say($"{lifetimes.Count:N0} sellers in {groups.Count} groups; the same waiting in all has p = {test.PValue:0.####}."));
        });
    }

    public static Command Cox()
    {
        var method = new EvidenceMethod("cox", "How mentoring, as something that begins on a day, changes the pace at which it happens (Cox)");
        var (time, happened, entry) = Times(method);
        var mentored = method.Column("--mentored-from", "The time at which mentoring began, on the same clock; nothing for never");
        var covariates = method.ColumnList("--covariates", "What was known at entry; text is taken as categories");
        var strata = method.OptionalColumn("--strata", "Sellers are compared within the same value alone");
        var ties = method.Choice("--ties", "How equal times are treated", "efron", "breslow");
        return method.Build((parsed, table, _) =>
        {
            var names = parsed.GetValue(covariates) ?? [];
            var lifetimes = Lifetimes(table, parsed.GetRequiredValue(time), parsed.GetRequiredValue(happened), parsed.GetValue(entry), parsed.GetRequiredValue(mentored), names, parsed.GetValue(strata));
            if (table.Refusal is not null) return new EvidenceRefusal(RefusalReason.MissingValue, "");
            var answer = MentoringHazard.Estimate(lifetimes, parsed.GetValue(ties) == "efron" ? TieMethod.Efron : TieMethod.Breslow);
            if (answer.Value is not { } hazard) return answer.Refusal!;
            var interval = hazard.RatioInterval();
            return new Result(new JsonObject
            {
                ["hazardRatio"] = hazard.HazardRatio,
                ["hazardRatioLower"] = interval.Lower,
                ["hazardRatioUpper"] = interval.Upper,
                ["logHazardRatio"] = Figures(hazard.LogHazardRatio),
                ["pValue"] = hazard.LogHazardRatio.PValue(),
                ["sellers"] = hazard.Sellers,
                ["mentored"] = hazard.Mentored,
                ["happened"] = hazard.Happened,
                ["happenedMentored"] = hazard.HappenedMentored,
                ["logLikelihood"] = hazard.LogLikelihood,
                ["logLikelihoodOfNone"] = hazard.LogLikelihoodOfNone,
                ["covariates"] = List(table.Covariates(names).Names.Zip(hazard.Covariates), covariate =>
                {
                    var row = Figures(covariate.Second);
                    row.Insert(0, "name", covariate.First);
                    return row;
                }),
            }, Say($"Hazard ratio {hazard.HazardRatio:0.###} (95% interval {interval.Lower:0.###} to {interval.Upper:0.###}) from the day mentoring began; {hazard.Mentored:N0} of {hazard.Sellers:N0} sellers."));
        });
    }

    public static Command Sooner()
    {
        const int PointsOfCurve = 30;
        var method = new EvidenceMethod("sooner", "How much sooner it happens with mentoring, beside sellers who were as old and still waiting on the day it began (risk sets)");
        var (time, happened, entry) = Times(method);
        var mentored = method.Column("--mentored-from", "The time at which mentoring began, on the same clock; nothing for never");
        var horizon = method.Number("--horizon", "Where counting ends, in time since mentoring began", 90.0, value => value > 0, "above 0");
        var near = method.OptionalColumn("--near", "A number such as the day of signing up; the nearest in it are taken");
        var strata = method.OptionalColumn("--strata", "Sellers are compared within the same value alone");
        var cluster = method.OptionalColumn("--cluster", "Sellers of one value vary together, such as those of one mentor; nothing for a seller by itself");
        var controls = method.Number("--controls", "How many others each mentored seller is laid beside", 5, value => value >= 1, "1 or more");
        return method.Build((parsed, table, _) =>
        {
            var lifetimes = Lifetimes(table, parsed.GetRequiredValue(time), parsed.GetRequiredValue(happened), parsed.GetValue(entry), parsed.GetRequiredValue(mentored), [], parsed.GetValue(strata));
            var nearness = parsed.GetValue(near) is { } column ? table.Numbers(column) : new double[lifetimes.Count];
            var clusters = parsed.GetValue(cluster) is { } shared ? Clusters(table.TextsOrNothing(shared)) : null;
            if (table.Refusal is not null) return new EvidenceRefusal(RefusalReason.MissingValue, "");
            var end = parsed.GetValue(horizon);
            var answer = RiskSetMatching.Match(lifetimes, nearness, end, parsed.GetValue(controls), clusters);
            if (answer.Value is not { } found) return answer.Refusal!;
            return new Result(new JsonObject
            {
                ["sooner"] = Figures(found.Sooner),
                ["waitMentored"] = Figures(found.WaitMentored),
                ["waitOthers"] = Figures(found.WaitOthers),
                ["medianMentored"] = found.MiddleMentored,
                ["medianOthers"] = found.MiddleOthers,
                ["matched"] = found.Matched,
                ["unmatched"] = found.Unmatched,
                ["others"] = found.Others,
                ["happenedMentored"] = found.HappenedMentored,
                ["happenedOthers"] = found.HappenedOthers,
                ["points"] = List(Enumerable.Range(0, PointsOfCurve + 1).Select(n => end * n / PointsOfCurve), at => new JsonObject { ["time"] = at, ["mentored"] = Reached(found.ReachedMentored(at)), ["others"] = Reached(found.ReachedOthers(at)) }),
            }, Say($"{found.Sooner.Value:0.###} sooner (95% interval {found.Sooner.Interval().Lower:0.###} to {found.Sooner.Interval().Upper:0.###}) of the first {end:0.###} since mentoring began; {found.Matched:N0} mentored beside {found.Others:N0} others."));
        });

        static JsonObject Reached((double Share, Interval Interval) reached) => new() { ["share"] = reached.Share, ["lower"] = reached.Interval.Lower, ["upper"] = reached.Interval.Upper };

        // Who has none is a cluster of its own.
        static int[] Clusters(string[] names)
        {
            var known = names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Index().ToDictionary(one => one.Item, one => one.Index, StringComparer.Ordinal);
            return [.. names.Select((name, row) => name.Length > 0 ? known[name] : known.Count + row)];
        }
    }

    static (Option<string> Time, Option<string> Happened, Option<string?> Entry) Times(EvidenceMethod method) => (
        method.Column("--time", "The time at which it happened or observation ended"), method.Column("--event", "1 when it happened then, 0 when the seller was still waiting"),
        method.OptionalColumn("--entry", "The time from which on a seller was watched; 0 without this column"));

    static List<Lifetime> Lifetimes(EvidenceTable table, string time, string happened, string? entry, string? mentored, string[] covariateColumns, string? strata)
    {
        var (times, flags, covariates) = (table.Numbers(time), table.Flags(happened), table.Covariates(covariateColumns));
        var entries = entry is null ? null : table.Numbers(entry);
        var begins = mentored is null ? null : table.NumbersOrNothing(mentored);
        var groups = strata is null ? null : table.Groups(strata);
        if (table.Refusal is not null) return [];
        return [.. times.Select((end, i) => new Lifetime(end, flags[i])
        {
            Entry = entries?[i] ?? 0, MentoredFrom = begins is null || double.IsNaN(begins[i]) ? null : begins[i], Covariates = [.. covariates.Columns.Select(column => column[i])], Stratum = groups?[i] ?? 0,
        })];
    }
}
