using Guildhall.Evidence;

namespace Guildhall.Modules.Impact;

/// <summary>
/// What sellers are made comparable by. Never what they sold before: matching on it makes an effect where there is none. Of a category or country with too few mentees no column stands alone, so that nobody is told apart and every group of
/// joiners has somebody on both sides of each column.
/// </summary>
/// <param name="Balance">What the groups are held against each other in.</param>
/// <param name="Model">Those of its columns that weights can be fitted to.</param>
sealed record StudyCovariates(CovariateTable Balance, CovariateTable Model)
{
    /// <summary>Fewer mentees than this are shown only together.</summary>
    public const int LeastShown = 10;

    /// <summary>So many mentees of each group are on both sides of a column that weights are fitted to. A fit that tells a group apart from everybody has no weights.</summary>
    const int LeastOfGroup = 3;

    static readonly (string Name, Func<double, bool> Holds)[] ages =
        [("Under a year on the marketplace", years => years < 1), ("1 to 2 years on the marketplace", years => years is >= 1 and < 2), ("2 years or more on the marketplace", years => years >= 2)];

    /// <param name="groups">The period of joining as it is counted, a number a seller; 0 for never.</param>
    public static StudyCovariates Of(IReadOnlyList<StudySeller> sellers, int[] groups, ReadingTerms terms)
    {
        var columns = new List<(string Name, double[] Column)>();
        if (terms.ComparesCategory) columns.AddRange(Values(sellers, groups, "Category", seller => seller.Category));
        if (terms.ComparesCountry) columns.AddRange(Values(sellers, groups, "Country", seller => seller.Country));
        if (terms.ComparesAge) columns.AddRange(ages.Select(age => (age.Name, Column(sellers, seller => age.Holds(seller.Years)))));

        columns.RemoveAll(one => one.Column.All(value => value == one.Column[0]));
        var model = new List<(string Name, double[] Column)>();
        foreach (var one in columns)
            if (CanBeFitted(one.Column, groups) && IsIndependent(model.ConvertAll(column => column.Column), one.Column)) model.Add(one);
        return new(Table(columns), Table(model));
    }

    static CovariateTable Table(List<(string Name, double[] Column)> columns) => new([.. columns.Select(one => one.Name)], [.. columns.Select(one => one.Column)]);

    static IEnumerable<(string Name, double[] Column)> Values(IReadOnlyList<StudySeller> sellers, int[] groups, string what, Func<StudySeller, string?> value)
    {
        List<string> shown = [.. sellers.Index().Where(one => groups[one.Index] > 0).Select(one => value(one.Item) ?? "").Where(name => name.Length > 0).CountBy(name => name)
            .Where(count => count.Value >= LeastShown).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Select(count => count.Key)];
        foreach (var name in shown) yield return ($"{what}: {name}", Column(sellers, seller => value(seller) == name));
        yield return ($"{what}: another, or not known", Column(sellers, seller => !shown.Contains(value(seller) ?? "")));
    }

    static double[] Column(IReadOnlyList<StudySeller> sellers, Func<StudySeller, bool> holds) => [.. sellers.Select(seller => holds(seller) ? 1.0 : 0)];

    static bool CanBeFitted(double[] column, int[] groups) => groups.Index().GroupBy(one => one.Item).All(group =>
    {
        var (least, size) = (group.Key == 0 ? LeastShown : LeastOfGroup, group.Count());
        var holding = group.Count(one => column[one.Index] == 1);
        return holding >= least && size - holding >= least;
    });

    /// <summary>Whether a column isn't a sum of others with a constant: projected on them, something of it must remain.</summary>
    static bool IsIndependent(List<double[]> others, double[] column)
    {
        var left = Centered(column);
        var before = Squares(left);
        var basis = new List<double[]>();
        foreach (var other in others.Append(column))
        {
            var rest = Centered(other);
            foreach (var direction in basis)
            {
                var share = Dot(rest, direction) / Squares(direction);
                for (var i = 0; i < rest.Length; i++) rest[i] -= share * direction[i];
            }

            left = rest;
            basis.Add(rest);
        }

        return Squares(left) > 1e-6 * before;
    }

    static double[] Centered(double[] column)
    {
        var mean = column.Average();
        return Array.ConvertAll(column, value => value - mean);
    }

    static double Squares(double[] column) => Dot(column, column);

    static double Dot(double[] one, double[] other) => one.Zip(other, (a, b) => a * b).Sum();
}
