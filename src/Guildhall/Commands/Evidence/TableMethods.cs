using System.CommandLine;
using System.Text.Json.Nodes;
using Guildhall.Evidence;
using static Guildhall.Commands.Evidence.EvidenceMethod;

namespace Guildhall.Commands.Evidence;

/// <summary>Methods for lists and tables: mentors, many p-values, counts to publish, logged choices.</summary>
static class TableMethods
{
    public static Command Shrink()
    {
        var method = new EvidenceMethod("shrink", "Draw what was observed of each mentor towards the average by as much as is luck");
        var id = method.Column("--id", "The mentor");
        var effect = method.Column("--effect", "What was observed");
        var error = method.Column("--standard-error", "Its standard error, above 0");
        return method.Build((parsed, table, _) =>
        {
            var (ids, effects, errors) = (table.Texts(parsed.GetRequiredValue(id)), table.Numbers(parsed.GetRequiredValue(effect)), table.Numbers(parsed.GetRequiredValue(error)));
            if (table.Refusal is not null) return Unread;
            var answer = Shrinkage.Of([.. effects.Zip(errors, (value, e) => new Guildhall.Evidence.Estimate(value, e))]);
            if (answer.Value is not { } shrunk) return answer.Refusal!;
            return new Result(new JsonObject
            {
                ["average"] = Figures(shrunk.Average),
                ["spread"] = shrunk.Spread,
                ["effects"] = List(ids.Zip(shrunk.Effects), mentor =>
                {
                    var row = Figures(mentor.Second.Shrunk);
                    row.Insert(0, "id", mentor.First);
                    (row["observed"], row["chanceAboveAverage"]) = (mentor.Second.Observed.Value, mentor.Second.ChanceAboveAverage);
                    return row;
                }),
            }, Say($"Average {shrunk.Average.Value:0.####}, spread of true effects {shrunk.Spread:0.####}, {shrunk.Effects.Count:N0} mentors."));
        });
    }

    public static Command Mentors()
    {
        var method = new EvidenceMethod("mentors", "How much mentors differ, and what each adds, from a row a mentee");
        var mentor = method.Column("--mentor", "The mentee’s mentor");
        var outcome = method.Column("--outcome", "A number a mentee, such as the gain over what was to be expected");
        var covariates = method.ColumnList("--covariates", "What was known of mentees beside it; text is taken as categories");
        var likelihood = method.Choice("--likelihood", "By which likelihood", "restricted", "full");
        return method.Build((parsed, table, _) =>
        {
            var (names, numbers, groups) = (table.Texts(parsed.GetRequiredValue(mentor)), table.Numbers(parsed.GetRequiredValue(outcome)), table.Groups(parsed.GetRequiredValue(mentor)));
            var beside = table.Covariates(parsed.GetValue(covariates) ?? []);
            if (table.Refusal is not null) return Unread;
            var answer = NestedMentees.Fit(numbers, groups, beside.Columns, parsed.GetValue(likelihood) == "restricted");
            if (answer.Value is not { } fit) return answer.Refusal!;
            return new Result(new JsonObject
            {
                ["betweenMentors"] = fit.Between,
                ["withinMentors"] = fit.Within,
                ["criterion"] = fit.Criterion,
                ["mean"] = Figures(fit.Coefficients[0]),
                ["covariates"] = List(beside.Names.Zip(fit.Coefficients.Skip(1)), covariate => Named(covariate.First, covariate.Second)),
                ["mentors"] = List(names.Distinct().Order(StringComparer.Ordinal).Zip(fit.Mentors), one => Named(one.First, one.Second)),
            }, Say($"Mentors differ by {fit.Between:0.####} (standard deviation), mentees of one mentor by {fit.Within:0.####}; {fit.Mentors.Count:N0} mentors of {numbers.Length:N0} mentees."));
        });

        static JsonObject Named(string name, Guildhall.Evidence.Estimate estimate)
        {
            var row = Figures(estimate);
            row.Insert(0, "name", name);
            return row;
        }
    }

    public static Command BenjaminiHochberg()
    {
        var method = new EvidenceMethod("bh", "Which of many differences are real: chances corrected for their number (Benjamini and Hochberg)");
        var id = method.OptionalColumn("--id", "The question");
        var p = method.Column("--p", "The chance of such a result if there were nothing (p); nothing where there is none");
        var rate = method.Number("--q", "The share of false ones to accept among those called real", 0.05, value => value is > 0 and < 1, "between 0 and 1");
        return method.Build((parsed, table, _) =>
        {
            var values = table.NumbersOrNothing(parsed.GetRequiredValue(p));
            var ids = parsed.GetValue(id) is { } column ? table.Texts(column) : null;
            if (table.Refusal is not null) return Unread;
            if (Array.Exists(values, value => value is < 0 or > 1)) return new EvidenceRefusal(RefusalReason.OutOfRange, "A chance lies between 0 and 1.");
            var adjusted = MultipleTests.BenjaminiHochberg(values);
            var real = adjusted.Count(value => value <= parsed.GetValue(rate));
            return new Result(new JsonObject
            {
                ["q"] = parsed.GetValue(rate),
                ["real"] = real,
                ["questions"] = List(Enumerable.Range(0, values.Length), i => new JsonObject { ["id"] = ids?[i], ["p"] = Figure(values[i]), ["adjusted"] = Figure(adjusted[i]), ["isReal"] = adjusted[i] <= parsed.GetValue(rate) }),
            }, Say($"{real:N0} of {values.Length:N0} may be called real with {100 * parsed.GetValue(rate):0.#}% false ones among them."));
        });
    }

    public static Command Suppress()
    {
        var method = new EvidenceMethod("suppress", "Which cells of a table of counts mustn’t be published, so that no small one can be worked out");
        var row = method.Column("--row", "The row of a count");
        var column = method.Column("--column", "The column of a count");
        var count = method.Column("--count", "The count, 0 or more; a row and column that isn’t in the file has 0");
        var least = method.Number("--k", "The least count that may be shown", 10, value => value >= 2, "2 or more");
        return method.Build((parsed, table, stop) =>
        {
            var (rows, columns, counts) = (table.Texts(parsed.GetRequiredValue(row)), table.Texts(parsed.GetRequiredValue(column)), table.Whole(parsed.GetRequiredValue(count)));
            if (table.Refusal is not null) return Unread;
            string[] rowNames = [.. rows.Distinct()], columnNames = [.. columns.Distinct()];
            if (rowNames.Length * (long)columnNames.Length > 10_000) return new EvidenceRefusal(RefusalReason.OutOfRange, "The table has more than 10,000 cells.");
            var cells = new long[rowNames.Length, columnNames.Length];
            var seen = new HashSet<(string, string)>();
            for (var i = 0; i < counts.Length; i++)
            {
                if (counts[i] < 0) table.Refuse($"{table.Place(i, parsed.GetRequiredValue(count))}: a count is 0 or more.");
                else if (!seen.Add((rows[i], columns[i]))) table.Refuse($"{table.Place(i, parsed.GetRequiredValue(row))}: {rows[i]} and {columns[i]} come a second time.");
                else cells[Array.IndexOf(rowNames, rows[i]), Array.IndexOf(columnNames, columns[i])] = counts[i];
            }
            if (table.Refusal is not null) return Unread;
            var answer = CellSuppression.Protect(cells, parsed.GetValue(least), stop: stop);
            if (answer.Value is not { } pattern) return answer.Refusal!;
            string[] allRows = [.. rowNames, "total"], allColumns = [.. columnNames, "total"];
            return new Result(new JsonObject
            {
                ["k"] = parsed.GetValue(least),
                ["rows"] = List(allRows, name => JsonValue.Create(name)),
                ["columns"] = List(allColumns, name => JsonValue.Create(name)),
                ["shown"] = List(Enumerable.Range(0, allRows.Length), i => List(Enumerable.Range(0, allColumns.Length), j => pattern.Shown(i, j) is { } shown ? JsonValue.Create(shown) : null)),
                ["hidden"] = List(pattern.Ranges, cell => new JsonObject { ["row"] = allRows[cell.Row], ["column"] = allColumns[cell.Column], ["isSmall"] = cell.State == HiddenCell.Small, ["lower"] = cell.Lower, ["upper"] = cell.Upper }),
            }, Say($"{pattern.Ranges.Count(cell => cell.State == HiddenCell.Small):N0} small counts are hidden, and {pattern.Ranges.Count(cell => cell.State == HiddenCell.Complementary):N0} more to protect them. The file holds what each could still be; publish shown alone."));
        });
    }

    public static Command OffPolicy()
    {
        var method = new EvidenceMethod("offpolicy", "What new weights for choosing mentors would have brought, from logged choices; a row a candidate");
        var choice = method.Column("--choice", "Which choice a row belongs to");
        var chosen = method.Column("--chosen", "1 for the candidate who was chosen");
        var reward = method.Column("--reward", "What came of the choice; the same in all its rows");
        var then = method.Column("--chance-then", "The chance with which each candidate was chosen then");
        var now = method.Column("--chance-now", "The chance with which the new weights would choose each");
        var predicted = method.OptionalColumn("--predicted", "The predicted reward of each candidate, from a model fitted to other choices");
        return method.Build((parsed, table, _) =>
        {
            var (choices, flags, rewards) = (table.Texts(parsed.GetRequiredValue(choice)), table.Flags(parsed.GetRequiredValue(chosen)), table.Numbers(parsed.GetRequiredValue(reward)));
            var (chancesThen, chancesNow) = (table.Numbers(parsed.GetRequiredValue(then)), table.Numbers(parsed.GetRequiredValue(now)));
            var predictions = parsed.GetValue(predicted) is { } column ? table.Numbers(column) : null;
            if (table.Refusal is not null) return Unread;
            var log = new List<LoggedChoice>();
            foreach (var rows in Enumerable.Range(0, choices.Length).GroupBy(i => choices[i]).Select(group => group.ToList()))
            {
                if (rows.Count(i => flags[i]) != 1) return new EvidenceRefusal(RefusalReason.OutOfRange, $"Choice {choices[rows[0]]} doesn’t have one chosen candidate.");
                var at = rows.FindIndex(i => flags[i]);
                log.Add(new(at, rewards[rows[at]], chancesThen[rows[at]], rows.ConvertAll(i => chancesNow[i]), predictions is null ? [] : rows.ConvertAll(i => predictions[i])));
            }
            var answer = OffPolicyEvaluation.Evaluate(log);
            if (answer.Value is not { } value) return answer.Refusal!;
            var had = log.Average(c => c.Reward);
            return new Result(new JsonObject
            {
                ["choices"] = value.Choices,
                ["meanReward"] = had,
                ["weighted"] = Figures(value.Weighted),
                ["selfNormalised"] = Figures(value.SelfNormalised),
                ["direct"] = value.Direct is { } direct ? Figures(direct) : null,
                ["doublyRobust"] = value.DoublyRobust is { } robust ? Figures(robust) : null,
                ["selfNormalisedGain"] = Figures(value.SelfNormalisedGain),
                ["doublyRobustGain"] = value.DoublyRobustGain is { } gain ? Figures(gain) : null,
                ["effectiveChoices"] = value.EffectiveChoices,
                ["largestWeight"] = value.LargestWeight,
                ["mayBeReleased"] = value.MayBeReleased,
            }, Say($"New weights {(value.DoublyRobust ?? value.SelfNormalised).Value:0.####}, as it was {had:0.####}; {value.EffectiveChoices:0} effective choices. {(value.MayBeReleased ? "They may be put to a lottery." : "They may not be released.")}"));
        });
    }

    static EvidenceRefusal Unread => new(RefusalReason.MissingValue, "");
}
