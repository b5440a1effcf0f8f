using System.Globalization;
using Guildhall.Evidence;
using Guildhall.Modules.Impact;
using Guildhall.Modules.Sellers;

namespace Guildhall.Tests.Impact;

/// <summary>
/// What the publishing code shows of random marketplaces, release after release, against attackers who read all of it. GUILDHALL_POPULATIONS sets how many; 500 otherwise.
/// </summary>
public sealed class PublishingTests
{
    const int K = PublicCounts.Least;

    static readonly int populations = int.TryParse(Environment.GetEnvironmentVariable("GUILDHALL_POPULATIONS"), CultureInfo.InvariantCulture, out var given) ? given : 500;

    [Fact]
    public void Lets_nobody_find_one_to_nine_sellers_in_any_count_total_or_difference_of_releases()
    {
        var (tables, held, shown, sensitive) = (0, 0, 0, 0);
        for (var seed = 1; seed <= populations; seed++)
        {
            var releases = Publish(seed, ref held);
            tables += releases.Count;
            shown += releases.Sum(release => release.IsHidden.Cast<bool>().Count(isHidden => !isHidden));
            sensitive += releases.Sum(release => Sensitive([release]).Count());

            Found(releases).ShouldBeEmpty($"population {seed}");
            ReleasedTables.Openings(releases, K, TestContext.Current.CancellationToken).ShouldBeEmpty($"population {seed}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{populations} populations: {tables} tables with {shown} shown and {sensitive} sensitive counts, {held} held back. None found.");
        // Who publishes nothing is safe too.
        tables.ShouldBeGreaterThan(populations);
        shown.ShouldBeGreaterThan(3 * tables);
        sensitive.ShouldBeGreaterThan(tables);
    }

    [Fact]
    public void Would_be_found_out_if_small_counts_alone_were_hidden()
    {
        var opened = 0;
        for (var seed = 1; seed <= 100; seed++)
        {
            var held = 0;
            List<ReleasedTable> naive = [.. Publish(seed, ref held).Select(release => new ReleasedTable(release.Counts, Hidden(release.Counts, (i, j, table) => IsSensitive(table, i, j))))];
            var attacked = Found(naive).Any();
            if (attacked) ReleasedTables.Openings(naive, K, TestContext.Current.CancellationToken).ShouldNotBeEmpty($"population {seed}");
            if (attacked) opened++;
        }

        opened.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Would_be_found_out_if_each_release_were_protected_by_itself()
    {
        var opened = 0;
        for (var seed = 1; seed <= 100; seed++)
        {
            var (alone, world) = (new List<ReleasedTable>(), new World(seed));
            var counts = new long[world.Categories, world.Countries];
            foreach (var came in world.Arrivals)
            {
                foreach (var home in came) counts[home.Row, home.Column]++;
                var own = (long[,])counts.Clone();
                if (CellSuppression.Protect(own, K, stop: TestContext.Current.CancellationToken).Value is { } pattern) alone.Add(new(own, Hidden(own, (i, j, _) => pattern.At(i, j) != HiddenCell.Shown)));
            }

            if (Found(alone).Any(found => found.StartsWith("difference", StringComparison.Ordinal))) opened++;
        }

        opened.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Rounds_counts_so_that_no_two_of_them_tell_one_to_nine_apart()
    {
        var byShown = Enumerable.Range(0, 400).ToLookup(PublicCounts.Rounded);

        foreach (var one in byShown)
            foreach (var other in byShown)
            {
                var (least, most) = (other.Min() - one.Max(), other.Max() - one.Min());
                (least > 0 && most < K).ShouldBeFalse($"{one.Key} and {other.Key}");
            }

        PublicCounts.Rounded(9).ShouldBeNull();
        PublicCounts.Rounded(14).ShouldBe(10);
        PublicCounts.Rounded(15).ShouldBe(20);
    }

    /// <summary>Releases as the publishing code makes them, from arrivals that it sees one release at a time.</summary>
    static List<ReleasedTable> Publish(int seed, ref int held)
    {
        var world = new World(seed);
        var (releases, placed, waiting) = (new List<ReleasedTable>(), new List<PlacedSeller>(), new List<SellerHome>());
        // Every other population with as many rows and columns as there are, to which the code of itself would not come with so few sellers.
        var labels = seed % 2 == 0 ? null : new TableLabels([.. Enumerable.Range(0, world.Categories).Select(n => $"category {n}"), TableLabels.Others], [.. Enumerable.Range(0, world.Countries).Select(n => $"country {n}"), TableLabels.Others]);
        foreach (var came in world.Arrivals)
        {
            waiting.AddRange(came.Select(home => home.Home));
            var next = new TookPart(labels, releases).Next(waiting, world.Marketplace, TestContext.Current.CancellationToken);
            if (next.Table is null)
            {
                held++;
                next.HeldBack.ShouldNotBeNull();
                continue;
            }

            labels ??= next.Labels;
            placed.AddRange(next.Placed);
            releases.Add(TookPart.Released(next.Table, placed));
            waiting.Clear();
        }

        return releases;
    }

    /// <summary>A marketplace whose categories and countries are of very different sizes, and sellers who get a mentor in up to six lots of very different sizes.</summary>
    sealed class World
    {
        readonly Random random;
        readonly double skew;

        public World(int seed)
        {
            random = new Random(seed);
            (Categories, Countries, skew) = (random.Next(2, 10), random.Next(1, 6), 0.5 + (1.5 * random.NextDouble()));
            Marketplace = [.. Enumerable.Range(0, random.Next(200, 1_500)).Select(_ => Seller().Home)];
            Arrivals = [.. Enumerable.Range(0, random.Next(1, 7)).Select(n => Enumerable.Range(0, random.Next(4) switch { 0 => random.Next(0, 10), 1 => random.Next(10, 40), 2 => random.Next(40, 120), _ => n == 0 ? random.Next(40, 400) : random.Next(0, 3) }).Select(_ => Seller()).ToList())];
        }

        public int Categories { get; }
        public int Countries { get; }
        public List<SellerHome> Marketplace { get; }
        public List<List<(SellerHome Home, int Row, int Column)>> Arrivals { get; }

        (SellerHome Home, int Row, int Column) Seller()
        {
            var (row, column) = (Pick(Categories), Pick(Countries));
            return (new(Guid.NewGuid(), random.Next(20) == 0 ? null : $"category {row}", random.Next(30) == 0 ? null : $"country {column}"), row, column);
        }

        int Pick(int of) => Math.Min(of - 1, (int)(of * Math.Pow(random.NextDouble(), 1 + skew)));
    }

    /// <summary>
    /// What an attacker of this test's own finds: he knows every release, adds and subtracts them, solves the equations of rows and columns, and narrows every count down by the others until nothing moves, knowing that no count is negative or ever falls.
    /// </summary>
    static IEnumerable<string> Found(List<ReleasedTable> releases)
    {
        var ranges = new Ranges(releases);
        foreach (var (since, release, i, j, count) in Sensitive(releases))
        {
            var what = $"{(since < 0 ? "count" : "difference")} of release {release} at {i}, {j}: {count}";
            var (low, high) = ranges.Of(since, release, i, j);
            if (high - low < K) yield return $"{what}, narrowed down to {low} to {high}";
            else if (IsFixed(releases[release], i, j) && (since < 0 || IsFixed(releases[since], i, j))) yield return $"{what}, by elimination";
        }
    }

    static IEnumerable<(int Since, int Release, int Row, int Column, long Count)> Sensitive(IReadOnlyList<ReleasedTable> releases)
    {
        List<long[,]> tables = [.. releases.Select(release => Whole(release.Counts))];
        for (var release = 0; release < tables.Count; release++)
            for (var since = -1; since < release; since++)
                for (var i = 0; i < tables[release].GetLength(0); i++)
                    for (var j = 0; j < tables[release].GetLength(1); j++)
                        if (since < 0 ? IsSensitive(tables[release], i, j) : tables[release][i, j] - tables[since][i, j] is > 0 and < K)
                            yield return (since, release, i, j, tables[release][i, j] - (since < 0 ? 0 : tables[since][i, j]));
    }

    /// <summary>One to nine, nobody, or everybody of a row or a column of several.</summary>
    static bool IsSensitive(long[,] table, int i, int j)
    {
        var (rows, columns, count) = (table.GetLength(0) - 1, table.GetLength(1) - 1, table[i, j]);
        return count is > 0 and < K || ((i, j) != (rows, columns) && (count == 0 || (columns > 1 && j < columns && count == table[i, columns]) || (rows > 1 && i < rows && count == table[rows, j])));
    }

    static bool[,] Hidden(long[,] counts, Func<int, int, long[,], bool> hides)
    {
        var table = Whole(counts);
        var hidden = new bool[table.GetLength(0), table.GetLength(1)];
        for (var i = 0; i < table.GetLength(0); i++)
            for (var j = 0; j < table.GetLength(1); j++) hidden[i, j] = hides(i, j, table);
        return hidden;
    }

    static long[,] Whole(long[,] counts)
    {
        var (rows, columns) = (counts.GetLength(0), counts.GetLength(1));
        var table = new long[rows + 1, columns + 1];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++)
                foreach (var (r, c) in new[] { (i, j), (i, columns), (rows, j), (rows, columns) }) table[r, c] += counts[i, j];
        return table;
    }

    /// <summary>Whether what is shown of a release fixes a count: whether its sum of inner counts is a sum of the shown ones (Gaussian elimination modulo a prime).</summary>
    static bool IsFixed(ReleasedTable release, int row, int column)
    {
        const long Prime = 2_147_483_647;
        var (rows, columns) = (release.Counts.GetLength(0), release.Counts.GetLength(1));
        var basis = new Dictionary<int, long[]>();
        for (var i = 0; i <= rows; i++)
            for (var j = 0; j <= columns; j++)
                if (!release.IsHidden[i, j] && Reduced(Sum(i, j)) is var rest && Array.FindIndex(rest, value => value != 0) is >= 0 and var lead)
                {
                    var inverse = (long)System.Numerics.BigInteger.ModPow(rest[lead], Prime - 2, Prime);
                    basis[lead] = Array.ConvertAll(rest, value => value * inverse % Prime);
                }

        return Array.TrueForAll(Reduced(Sum(row, column)), value => value == 0);

        long[] Sum(int i, int j) => [.. Enumerable.Range(0, rows * columns).Select(n => (i == rows || n / columns == i) && (j == columns || n % columns == j) ? 1L : 0)];

        long[] Reduced(long[] vector)
        {
            for (var n = 0; n < vector.Length; n++)
                if (vector[n] != 0 && basis.TryGetValue(n, out var line))
                {
                    var by = vector[n];
                    for (var m = n; m < vector.Length; m++) vector[m] = (vector[m] + ((Prime - by) * line[m])) % Prime;
                }

            return vector;
        }
    }

    /// <summary>What each count of each release, and of those who came between any two, can be at least and at most.</summary>
    sealed class Ranges
    {
        const long Endless = 1_000_000_000;

        readonly Dictionary<(int Since, int Release), (long[,] Low, long[,] High)> tables = [];
        bool moved;

        public Ranges(IReadOnlyList<ReleasedTable> releases)
        {
            if (releases.Count == 0) return;
            var (rows, columns) = (releases[0].IsHidden.GetLength(0), releases[0].IsHidden.GetLength(1));
            for (var release = 0; release < releases.Count; release++)
                for (var since = -1; since < release; since++)
                {
                    var (low, high) = (new long[rows, columns], new long[rows, columns]);
                    var whole = Whole(releases[release].Counts);
                    for (var i = 0; i < rows; i++)
                        for (var j = 0; j < columns; j++) (low[i, j], high[i, j]) = since < 0 && !releases[release].IsHidden[i, j] ? (whole[i, j], whole[i, j]) : (0, Endless);
                    tables[(since, release)] = (low, high);
                }

            var round = 0;
            do
            {
                moved = false;
                round++;
                foreach (var (low, high) in tables.Values)
                {
                    for (var i = 0; i < rows; i++) Add(low, high, [.. Enumerable.Range(0, columns - 1).Select(j => (i, j))], (i, columns - 1));
                    for (var j = 0; j < columns; j++) Add(low, high, [.. Enumerable.Range(0, rows - 1).Select(i => (i, j))], (rows - 1, j));
                }

                // The later is the earlier and who came between.
                foreach (var ((since, release), came) in tables.Where(table => table.Key.Since >= 0))
                {
                    var (earlier, later) = (tables[(-1, since)], tables[(-1, release)]);
                    for (var i = 0; i < rows; i++)
                        for (var j = 0; j < columns; j++)
                        {
                            Narrow(later.Low, later.High, i, j, earlier.Low[i, j] + came.Low[i, j], earlier.High[i, j] + came.High[i, j]);
                            Narrow(earlier.Low, earlier.High, i, j, later.Low[i, j] - came.High[i, j], later.High[i, j] - came.Low[i, j]);
                            Narrow(came.Low, came.High, i, j, later.Low[i, j] - earlier.High[i, j], later.High[i, j] - earlier.Low[i, j]);
                        }
                }
            }
            while (moved && round < 1_000);
        }

        public (long Low, long High) Of(int since, int release, int i, int j) => (tables[(since, release)].Low[i, j], tables[(since, release)].High[i, j]);

        void Add(long[,] low, long[,] high, List<(int I, int J)> parts, (int I, int J) total)
        {
            var (least, most) = (parts.Sum(part => low[part.I, part.J]), parts.Sum(part => high[part.I, part.J]));
            Narrow(low, high, total.I, total.J, least, most);
            foreach (var (i, j) in parts) Narrow(low, high, i, j, low[total.I, total.J] - (most - high[i, j]), high[total.I, total.J] - (least - low[i, j]));
        }

        void Narrow(long[,] low, long[,] high, int i, int j, long least, long most)
        {
            if (least > low[i, j]) (low[i, j], moved) = (least, true);
            if (most < high[i, j]) (high[i, j], moved) = (most, true);
        }
    }
}
