namespace Guildhall.Matching.Tests.Pairs;

/// <summary>Rows are computed many pairs at a time; every pair asked for by itself must come out the same.</summary>
public class RowTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_row_says_of_every_pair_what_the_pair_says_of_itself()
    {
        var (scored, breaking) = (0, new HashSet<uint>());
        for (var seed = 1; seed <= 150; seed++)
        {
            var input = People.Random(seed, mentees: 7, mentors: 5 + seed % 40);
            // Every third marketplace blocks nothing, so that whole rows are scored.
            if (seed % 3 == 0) input = input with { Settings = input.Settings with { Rules = [] } };
            var table = Table(input);
            var row = new PairTable.Row(table.Columns);
            for (var i = 0; i < table.Rows; i++)
            {
                Says(table, i, new RuleRegime(input.Settings.Rules).Required, row);
                scored += row.Count;
                breaking.UnionWith(row.Broken);
            }
        }
        scored.ShouldBeGreaterThan(5_000);
        breaking.Count.ShouldBeGreaterThan(100, "the pairs broke too few sets of rules to compare");
    }

    /// <summary>Reads a row and compares each pair of it with the pair by itself.</summary>
    static void Says(PairTable table, int i, uint blocking, PairTable.Row row, Func<int, (int Raw, uint Broken)>? alone = null)
    {
        table.Read(i, blocking, row);
        var scoreOf = row.Mentors.Take(row.Count).Zip(row.Raw).ToDictionary();
        scoreOf.Keys.ShouldBe(scoreOf.Keys.Order());
        for (var j = 0; j < table.Columns; j++)
        {
            var (raw, broken) = alone?.Invoke(j) ?? table.At(i, j);
            row.Broken[j].ShouldBe(broken, $"pair {i} {j}");
            scoreOf.ContainsKey(j).ShouldBe((broken & blocking) == 0, $"pair {i} {j}");
            if (scoreOf.TryGetValue(j, out var score)) score.ShouldBe(raw, $"pair {i} {j}");
        }
    }

    [Fact]
    public void Nobody_passes_for_another_by_what_their_texts_hold()
    {
        MenteeProfile[] mentees =
        [
            People.Mentee("e1") with { Tier = "a", Region = "b\n" }, People.Mentee("e2") with { Tier = "a\nat b" }, People.Mentee("e3") with { Region = "" }, People.Mentee("e4"),
            People.Mentee("e5") with { Channels = [""] }, People.Mentee("e6") with { Channels = ["a", "b"] }, People.Mentee("e7") with { Channels = ["a\nb"] },
            People.Mentee("e8") with { Languages = [new("pt", LanguageLevel.Basic)] }, People.Mentee("e9") with { Languages = [] }, People.Mentee("e10") with { Languages = [new("pt", LanguageLevel.Native)] },
        ];
        MentorProfile[] mentors = [People.Mentor("r1") with { Tiers = ["a"], Region = "", Channels = ["", "a"], Languages = [new("pt", LanguageLevel.Native)] }, People.Mentor("r2") with { Region = "b\n", Channels = ["a\nb"] }];
        var table = Table(new(mentees, mentors, People.Defaults));
        var row = new PairTable.Row(table.Columns);
        for (var i = 0; i < table.Rows; i++)
        {
            // A pair asked for by itself shares no row of another: it is compared anew, by a table of its own.
            Says(table, i, new RuleRegime(People.Defaults.Rules).Required, row, j => Table(new([table.People.Mentees[i]], [table.People.Mentors[j]], People.Defaults)).At(0, 0));
        }
    }

    [Fact]
    public void A_row_sees_every_conflict_of_interest()
    {
        var mentee = People.Mentee() with { Suppliers = ["s"], AddressKey = "a", Brands = ["b"], Owner = "o", Stakes = ["r5"], Categories = [new("home/kitchen", 1)], CompetesIn = ["Toys"] };
        MentorProfile[] mentors =
        [
            People.Mentor("r1") with { Suppliers = ["t", "s"] }, People.Mentor("r2") with { AddressKey = "a" }, People.Mentor("r3") with { Brands = ["b"] }, People.Mentor("r4") with { Owner = "o" },
            People.Mentor("r5"), People.Mentor("r6") with { Stakes = ["o"] }, People.Mentor("r7"),
            People.Mentor("r8") with { CompetesIn = ["Kitchen"] }, People.Mentor("r9") with { Categories = [new("toys/blocks", 1)] },
        ];
        var table = Table(new([mentee], mentors, People.Defaults));
        var row = new PairTable.Row(table.Columns);

        Says(table, 0, new RuleRegime(People.Defaults.Rules).Required, row);

        table.People.Mentors.Select((mentor, j) => (mentor.Id, Rules: RuleRegime.Rules(row.Broken[j]).ToArray())).Where(pair => pair.Rules.Length > 0).OrderBy(pair => pair.Id)
            .Select(pair => (pair.Id, pair.Rules.Single())).ShouldBe(
            [("r1", Rule.SharedSupplier), ("r2", Rule.SharedAddress), ("r3", Rule.SharedBrand), ("r4", Rule.SharedOwner), ("r5", Rule.DeclaredStake), ("r6", Rule.DeclaredStake), ("r8", Rule.DeclaredCompetition), ("r9", Rule.DeclaredCompetition)]);
    }

    [Fact]
    public void Rules_are_counted_as_if_pair_by_pair()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var input = People.Random(seed, mentees: 9, mentors: 21);
            var regime = new RuleRegime(input.Settings.Rules);
            var table = Table(input);

            var counts = PlanSolver.Pairs(table, regime, input.Settings, Stop).Counts;

            var all = (from i in Enumerable.Range(0, table.Rows) from j in Enumerable.Range(0, table.Columns) select table.At(i, j))
                .Select(pair => (pair.Broken & regime.Required) == 0 ? regime.Broken(pair.Raw, pair.Broken) : pair.Broken).ToArray();
            counts.Possible.ShouldBe(all.LongCount(broken => (broken & regime.Required) == 0), $"seed {seed}");
            foreach (var rule in Enum.GetValues<Rule>())
            {
                var bit = RuleRegime.Bit(rule);
                counts.Of(rule).Broken.ShouldBe(all.LongCount(broken => (broken & bit) != 0), $"seed {seed}, {rule}");
                counts.Of(rule).BrokenAlone.ShouldBe(all.LongCount(broken => (broken & bit) != 0 && (broken & regime.Required & ~bit) == 0), $"seed {seed}, {rule}");
            }
        }
    }

    [Fact]
    public void Rows_that_are_not_kept_are_the_rows_that_are()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var input = People.Random(seed, mentees: 300, mentors: 19);
            var (regime, places) = (new RuleRegime(input.Settings.Rules), new int[19]);
            for (var j = 0; j < places.Length; j++) places[j] = (j + seed) % 3;
            var pinOf = Enumerable.Range(0, 300).Select(i => i % 50 == 7 ? 4 : -1).ToArray();
            var table = Table(input);

            var kept = new PossiblePairs(table, regime, places, pinOf, Stop);
            var none = new PossiblePairs(table, regime, places, pinOf, Stop, mostKept: 0);
            var some = new PossiblePairs(table, regime, places, pinOf, Stop, mostKept: kept.All(long.MaxValue, Stop)!.Sum(row => row.Length) - 1);

            Written(none).ShouldBe(Written(kept), $"seed {seed}");
            Written(some).ShouldBe(Written(kept), $"seed {seed}");
            int[] fewer = [.. places.Select((p, j) => j % 4 == 0 ? 0 : p)];
            var cut = Written(new PossiblePairs(table, regime, fewer, pinOf, Stop));
            Written(kept.With(fewer)).ShouldBe(cut, $"seed {seed}");
            Written(none.With(fewer)).ShouldBe(cut, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(50, 49)]
    [InlineData(1000, 50)]
    [InlineData(1000, 999)]
    public void Selection_moves_the_least_to_the_front(int size, int count)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var keys = Enumerable.Range(0, size).Select(k => (long)k * 7 - 300).ToArray();
            if (seed > 1) new Random(seed).Shuffle(keys);
            if (seed == 1) Array.Reverse(keys);
            var least = keys.Order().Take(count).ToArray();

            Selection.MoveLeastToFront(keys, count);

            keys.Take(count).Order().ShouldBe(least);
            keys.Order().ShouldBe(Enumerable.Range(0, size).Select(k => (long)k * 7 - 300));
        }
    }

    static PairTable Table(MatchInput input) => new(new ProfileColumns(input), input.Settings, new RuleRegime(input.Settings.Rules));

    static string Written(PossiblePairs pairs) => string.Join('\n', pairs.All(long.MaxValue, TestContext.Current.CancellationToken)!.Select(row => string.Join(' ', row.Select(pair => $"{pair.Mentor}:{pair.Score}"))));
}
