using System.Globalization;
using Guildhall.Evidence;

namespace Guildhall.Commands.Evidence;

/// <summary>Rows of one unit and period each, laid out as a panel: periods numbered from 1 without a gap, units in the order of their names.</summary>
sealed record SellerPeriods(int FirstPeriod, int Periods, string[] Units, double[] Values, int[] Joined, CovariateTable Covariates, int[]? Clusters)
{
    /// <summary>Lays out a table; null when it doesn't fit, with the reason in the table.</summary>
    public static SellerPeriods? Read(EvidenceTable table, string unitColumn, string timeColumn, string valueColumn, string joinedColumn, string[] covariateColumns, string[] categoryColumns, string? clusterColumn)
    {
        var (units, times, values, joined) = (table.Texts(unitColumn), table.Whole(timeColumn), table.Numbers(valueColumn), table.WholeOrZero(joinedColumn));
        var covariates = table.Covariates(covariateColumns, categoryColumns);
        var clusters = clusterColumn is null ? null : table.Groups(clusterColumn);
        if (table.Refusal is not null) return null;

        var (first, last) = (times.Min(), times.Max());
        string[] names = [.. units.Distinct().Order(StringComparer.Ordinal)];
        var index = names.Select((name, i) => (name, i)).ToDictionary(unit => unit.name, unit => unit.i);
        var periods = (long)last - first + 1;
        if (periods * names.Length > Array.MaxLength)
        {
            table.Refuse(string.Create(CultureInfo.InvariantCulture, $"Column {timeColumn} reaches from {first} to {last}. Number the periods one after another, such as months since a first one."));
            return null;
        }
        var rowOf = new int[names.Length * periods];
        Array.Fill(rowOf, -1);
        for (var row = 0; row < units.Length; row++)
        {
            var at = index[units[row]] * periods + times[row] - first;
            if (rowOf[at] >= 0)
            {
                table.Refuse($"{table.Place(row, timeColumn)}: {units[row]} has this period a second time.");
                return null;
            }
            rowOf[at] = row;
        }
        var missing = Array.IndexOf(rowOf, -1);
        if (missing >= 0)
        {
            table.Refuse(string.Create(CultureInfo.InvariantCulture, $"{names[missing / periods]} has no row for period {missing % periods + first}. Every unit needs every period from {first} to {last}; who left has 0 from then on."));
            return null;
        }
        for (var at = 0; at < rowOf.Length; at++)
            if (joined[rowOf[at]] != joined[rowOf[at / periods * periods]])
            {
                table.Refuse($"{table.Place(rowOf[at], joinedColumn)}: {names[at / periods]} joined in another period than its first row says.");
                return null;
            }
        int[] firstRows = [.. Enumerable.Range(0, names.Length).Select(i => rowOf[i * periods])];
        return new(
            first, (int)periods, names, Array.ConvertAll(rowOf, row => values[row]),
            // Who joined before the first period has no time before, as who joined in it.
            Array.ConvertAll(firstRows, row => joined[row] == 0 ? 0 : Math.Max(1, joined[row] - first + 1)),
            new(covariates.Names, [.. covariates.Columns.Select(column => Array.ConvertAll(firstRows, row => column[row]))]), clusters is null ? null : Array.ConvertAll(firstRows, row => clusters[row]));
    }
}
