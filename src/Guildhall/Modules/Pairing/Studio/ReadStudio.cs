using System.Globalization;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Experiments;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>A stored run with everything that a page about it is filled from.</summary>
sealed record RunInView(ProgramFacts Program, RunRow Row, OpenMatch Match, OpenMatch? Earlier, RunRow? EarlierRow, NameBook Names, RulesNow Rules)
{
    public MatchComparison? Comparison => comparison ??= Earlier is null ? null : Matcher.Compare(Earlier.Run, Match.Run, () => Match.Prepared);

    MatchComparison? comparison;

    /// <summary>How each mentee who changed mentor fared, against the earlier run.</summary>
    public IReadOnlyDictionary<string, ComparedMove> Moves => moves ??= (Comparison?.Moves ?? []).ToDictionary(move => move.MenteeId);

    IReadOnlyDictionary<string, ComparedMove>? moves;
}

/// <summary>What the history and the studio's head say of a run, without its pairs.</summary>
sealed record RunRow(
    Guid Id, int Number, RunState State, DateTimeOffset RanAt, Guid RanBy, double SecondsTaken, string Notes, MatchRun Head, IReadOnlyList<string> LeftOut, DateTimeOffset? ApprovedAt, Guid? ApprovedBy, uint Seen);

/// <summary>How the people of a program differ from those of its newest run.</summary>
/// <param name="MenteesCome">Wait for a mentor, and are not in the run.</param>
/// <param name="MenteesGone">Are in the run, and wait no more.</param>
/// <param name="Released">Had a pair in the run that was not accepted or broke off, and wait again.</param>
sealed record PeopleSince(int MenteesCome, int MenteesGone, int MentorsCome, int MentorsGone, int Released = 0)
{
    public bool IsNone => this is { MenteesCome: 0, MenteesGone: 0, MentorsCome: 0, MentorsGone: 0, Released: 0 };
}

/// <summary>Fills the studio from a stored run.</summary>
sealed class ReadStudio(GuildhallDb db, ProgramLookup programs, OpenMatches matches, PeopleNames names, CurrentRules rules, AccountLookup accounts, MatchPool pool, LotteryLookup lotteries, TimeProvider clock)
{
    const int UnmatchedFirst = 6;
    const int UnmatchedAPage = 100;

    /// <summary>The run in view, or null in a program that has none.</summary>
    public async Task<Result<RunInView?>> Open(string slug, int? number, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");

        // Two rows at most: the run asked for and the one before it. Their pairs come from the open matches.
        var rows = await Newest(program.Id, number ?? int.MaxValue, 2, stop);
        if (number is not null && (rows is not [var found, ..] || found.Number != number)) return Refusal.NotFound("run");
        if (rows is not [var row, ..]) return (RunInView?)null;

        var earlier = rows.Count > 1 ? rows[1] : null;
        return new RunInView(
            program, row, (await matches.Open(row.Id, stop))!, earlier is null ? null : await matches.Open(earlier.Id, stop), earlier,
            await names.Of(program.Id, stop), await rules.Of(program, stop));
    }

    public Task<ProgramFacts?> Program(string slug, CancellationToken stop) => programs.BySlug(slug, stop);

    public async Task<uint> Seen(string slug, CancellationToken stop) => await programs.BySlug(slug, stop) is { } program ? (await rules.Of(program, stop)).Seen : 0;

    /// <summary>A program's matching settings as they are now.</summary>
    public async Task<MatchSettings> Settings(string slug, CancellationToken stop) => (await rules.Of((await programs.BySlug(slug, stop))!, stop)).Settings;

    /// <summary>The run of the page that a form was sent from; null where the form does not say.</summary>
    public async Task<RunRow?> SeenRun(RunInView view, IFormCollection? form, CancellationToken stop) =>
        int.TryParse(form?["run"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await Numbered(view.Program.Id, number, stop) : null;

    /// <summary>The newest runs of a program up to a number, without their pairs.</summary>
    public Task<List<RunRow>> Newest(Guid programId, int upTo, int count, CancellationToken stop) =>
        db.Set<CompletedRun>().AsNoTracking().Where(run => run.ProgramId == programId && run.Number <= upTo)
            .OrderByDescending(run => run.Number).Take(count)
            .Select(run => new RunRow(
                run.Id, run.Number!.Value, run.State, run.RanAt, run.RanBy, run.SecondsTaken, run.Notes, run.Head, run.LeftOut, run.ApprovedAt, run.ApprovedBy, run.RowVersion))
            .ToListAsync(stop);

    /// <summary>One run without its pairs; null when there is no such run.</summary>
    public async Task<RunRow?> Numbered(Guid programId, int number, CancellationToken stop) =>
        await Newest(programId, number, 1, stop) is [var row] && row.Number == number ? row : null;

    /// <summary>The number of the newest run; 0 before the first.</summary>
    public async Task<int> NewestNumber(Guid programId, CancellationToken stop) =>
        await db.Set<CompletedRun>().Where(run => run.ProgramId == programId).MaxAsync(run => run.Number, stop) ?? 0;

    public async Task<MatchingStartView> Start(string slug, CancellationToken stop)
    {
        var program = (await programs.BySlug(slug, stop))!;
        var people = await pool.Of(program, stop);
        List<Link> missing = [];
        if (people.Mentees.Count == 0 && people.ByLot is not { Mentees.Count: > 0 }) missing.Add(new Link("Bring in mentees", $"/manage/{slug}/people"));
        if (people.Mentors.Count == 0) missing.Add(new Link("Find mentors", $"/manage/{slug}/mentors/find"));
        var withMentor = RunWords.WithMentor((await rules.Of(program, stop)).Settings, people.Mentees);
        return new MatchingStartView(program.Cohort, $"/manage/{slug}", people.Mentees.Count - withMentor, people.Mentors.Count, people.OpenPlaces, $"/manage/{slug}/matching/run", missing, withMentor,
            Lottery(slug, people.ByLot is { } lost ? (lost.Mentees.Count, lost.Until) : null, people.Mentees.Count - withMentor, people.OpenPlaces));
    }

    public async Task<StudioView> Fill(RunInView view, StudioQuery query, StudioNews? news, Refusal? refusal, IFormCollection? typed, CancellationToken stop)
    {
        var (run, row) = (view.Match.Run, view.Row);
        // Links of the page lead to this run, also when a newer one is made meanwhile.
        query = query with { Number = row.Number };
        var isNewest = await NewestNumber(view.Program.Id, stop) == row.Number;
        var isDraft = row.State == RunState.Draft;
        var insights = query.Costs ? view.Match.Insights(stop) : view.Match.Known;
        var pairs = new StudioPairs(view, query, canSteer: isNewest && isDraft);
        var lots = isNewest ? await ByLot(view, stop) : null;
        var since = isNewest ? await Since(view, lots, stop) : null;
        var approver = row.ApprovedBy is { } by ? RunWords.Who(by, await accounts.Names([by], stop)) : "";
        var zone = await Zone(stop);

        return new StudioView(
            new RunLine(
                row.Number, view.Program.Cohort, $"/manage/{query.Program}", When.Said(row.RanAt, clock.GetUtcNow(), zone), run.Pairs.Count, run.Pairs.Count - row.LeftOut.Count,
                RunWords.People(run, RunWords.WithMentor(run.Settings, view.Match.Input.Mentees), approved: isDraft || since is not { IsNone: true } ? 0 : run.Pairs.Count - row.LeftOut.Count, isNow: since is { IsNone: true }),
                isDraft ? null : $"Approved {When.Said(row.ApprovedAt!.Value, clock.GetUtcNow(), zone)} by {approver}. {RunWords.Told(row.ApprovedAt.Value, view.Program, clock.GetUtcNow(), zone)}",
                RunWords.Claim(run), Caution(view.Program, row), RunWords.Spread(run.Summary), RunWords.Proof(run, row.SecondsTaken), since is { IsNone: false } ? RunWords.Since(since, row.Number) : null, isNewest && isDraft ? ComparisonWords.NotRunYet(view) : null),
            RunWords.Measures(run.Summary),
            view.Comparison is { } comparison ? ComparisonWords.Comparison(comparison, view.EarlierRow!.Number, row.Number, view.Names, (query with { Tab = "changed", Sort = "change", Open = null, Rows = StudioQuery.FirstRows, From = 0 }).Href + "#pairs") : null,
            pairs.View(),
            Weights(view, query, isNewest, refusal, typed),
            [.. RunWords.RuleLines(run, insights)],
            Unmatched(view, query) with { ByLot = lots is { Mentees.Count: > 0 } ? ByLotLines(view, query, lots) : null },
            [.. (insights?.ThreeMore ?? []).Select(RunWords.Shortage)],
            new StudioAddresses(
                query.Studio, isNewest ? $"{query.Studio}/run" : null, isNewest && isDraft ? $"{query.Studio}/{row.Number}/send" : null,
                isNewest ? $"{query.Studio}/rule" : null, isNewest ? $"{query.Studio}/rules" : null, $"{query.Studio}/runs",
                clock.GetUtcNow() - row.ApprovedAt <= ApproveRun.UndoWindow ? $"{query.Studio}/{row.Number}/undo" : null,
                $"{query.Studio}/{row.Number}/pairs.csv", isNewest ? null : query.Studio,
                isNewest && isDraft ? $"{query.Studio}/{row.Number}/choose" : null, insights is { IsWhole: true } ? null : (query with { Costs = true }).Href, insights is null ? null : RunWords.Unanswered(insights)),
            isNewest && isDraft ? news : news is null ? null : news with { UndoAction = null },
            // A run from after the draw says itself who is not in it.
            !isNewest || row.RanAt > lots?.DrawnAt ? null : Lottery(query.Program, lots is null ? null : (lots.Mentees.Count, lots.Until), isDraft ? run.Summary.Mentees - RunWords.WithMentor(run.Settings, view.Match.Input.Mentees) : 0, run.Summary.Places));
    }

    /// <summary>That not everybody can have a place, or that lots were drawn.</summary>
    /// <param name="held">How many wait by lot and until when; null where no draw holds.</param>
    static LotteryLine? Lottery(string program, (int Mentees, DateOnly Until)? held, int waiting, int places)
    {
        var page = $"/manage/{program}/lottery";
        return held is var (mentees, until)
            ? new($"Lots were drawn: matching takes the winners, and {Counted.Of(mentees, "mentee waits", "mentees wait")} until {Day(until)}.", new Link("See the draw", page))
            : places > 0 && waiting > places
            ? new($"{Counted.Of(waiting, "mentee waits", "mentees wait")} for {Counted.Of(places, "open place", "open places")}. Matching gives the places by level of help and fit. Lots would give everybody the same chance, and show what mentoring does.", new Link("Draw lots for the places", page))
            : null;
    }

    /// <summary>Who waits because a draw holds; null where none does.</summary>
    async Task<WaitingByLot?> ByLot(RunInView view, CancellationToken stop) => (await lotteries.Now(view.Program.Id, stop)).Holding is { } draw
        ? new(draw.DrawnAt, draw.WaitsUntil, view.Names.ById.Where(one => one.Value.Member is { Side: Side.Mentee } member && draw.Holds(member.ParticipantId, member.JoinedAt)).Select(one => one.Key).ToHashSet()) : null;

    static ByLotView ByLotLines(RunInView view, StudioQuery query, WaitingByLot lots) => new(
        lots.Mentees.Count, [.. lots.Mentees.Order(StringComparer.Ordinal).Take(UnmatchedFirst).Select(id => new UnmatchedLine(view.Names[id].Person, view.Names[id].Shop, $"Waiting by lot until {Day(lots.Until)}.", null))], $"/manage/{query.Program}/lottery");

    static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.GetCultureInfo("en-US"));

    /// <summary>Who waits today against who the newest run was made for: people come and leave, and an approval that was taken back lets its mentees wait again. Who waits by lot is for no run.</summary>
    async Task<PeopleSince> Since(RunInView view, WaitingByLot? lots, CancellationToken stop)
    {
        var paired = (await db.Set<Proposal>().Where(Proposal.MenteeWaitsNoMore).Where(p => p.ProgramId == view.Program.Id).Select(p => p.MenteeId).ToListAsync(stop)).ToHashSet();
        var (mentees, mentors) = (new HashSet<string>(), new HashSet<string>());
        foreach (var (id, named) in view.Names.ById)
        {
            if (named.Member!.Side == Side.Mentor) mentors.Add(id);
            else if (!paired.Contains(named.Member.ParticipantId) && lots?.Mentees.Contains(id) != true) mentees.Add(id);
        }

        var (run, leftOut) = (view.Match.Run, view.Row.LeftOut.ToHashSet());
        var matched = view.Row.State == RunState.Draft ? [] : run.Pairs.Where(pair => !leftOut.Contains(pair.MenteeId)).Select(pair => pair.MenteeId).ToHashSet();
        var (menteesThen, mentorsThen) = (view.Match.Input.Mentees.Select(mentee => mentee.Id).Where(id => !matched.Contains(id)).ToHashSet(), view.Match.Input.Mentors.Select(mentor => mentor.Id).ToHashSet());
        return new PeopleSince(
            mentees.Count(id => !menteesThen.Contains(id) && !matched.Contains(id)), menteesThen.Count(id => !mentees.Contains(id)), mentors.Count(id => !mentorsThen.Contains(id)), mentorsThen.Count(id => !mentors.Contains(id)), mentees.Count(matched.Contains));
    }

    /// <summary>One pair as its row shows it, for a script that opens or keeps it.</summary>
    public static PairLine? Row(RunInView view, StudioQuery query, string menteeId) =>
        view.Match.Run.Pairs.FirstOrDefault(pair => pair.MenteeId == menteeId) is { } pair
            ? new StudioPairs(view, query, canSteer: view.Row.State == RunState.Draft).Line(pair, isOpen: query.Open == menteeId)
            : null;

    public async Task<TimeZoneInfo> Zone(CancellationToken stop) =>
        await db.Set<Marketplace>().Select(m => m.TimeZone).SingleOrDefaultAsync(stop) is { } id ? TimeZoneInfo.FindSystemTimeZoneById(id) : TimeZoneInfo.Utc;

    static string? Caution(ProgramFacts program, RunRow row)
    {
        var asOf = program.FiguresAsOf is { } day ? $"Only what was known on {day.ToString("ddd d MMM yyyy", CultureInfo.GetCultureInfo("en-US"))} is used." : "";
        return $"{row.Notes} {asOf}".Trim() is { Length: > 0 } caution ? caution : null;
    }

    static WeightsView Weights(RunInView view, StudioQuery query, bool isNewest, Refusal? refusal, IFormCollection? typed)
    {
        // An older run shows the weights it was made with; the newest the ones that the next run will use.
        var (now, earlier) = (isNewest ? view.Rules.Settings.Weights : view.Match.Run.Settings.Weights, view.Earlier?.Run.Settings.Weights);
        IReadOnlyList<WeightLine> lines = [.. Enum.GetValues<Factor>().Select(factor => new WeightLine(
            $"{SteeringForm.WeightPrefix}{factor}", MatchWording.Name(factor), now.GetValueOrDefault(factor), earlier is null ? 0 : now.GetValueOrDefault(factor) - earlier.GetValueOrDefault(factor),
            SteeringForm.TypedWeight(typed, factor)))];
        return new WeightsView(
            lines,
            isNewest ? $"{query.Studio}/reset" : null,
            view.Rules.Seen.ToString(CultureInfo.InvariantCulture),
            refusal is { Code: "weights" } ? FieldError.From(refusal) : [],
            refusal is { Code: "changed_meanwhile" } && lines.Any(line => line.IsTypedOver) ? "Your numbers stand as you typed them, with the ones in use beside them. Run again to use yours." : null);
    }

    static UnmatchedView Unmatched(RunInView view, StudioQuery query)
    {
        var all = view.Match.Run.Unmatched;
        if (query.Unmatched is not { } asked) return new UnmatchedView(all.Count, Lines(0, UnmatchedFirst), all.Count > UnmatchedFirst ? Href(1) : null);
        var page = Math.Clamp(asked, 1, Math.Max(1, (all.Count + UnmatchedAPage - 1) / UnmatchedAPage));
        var (first, last) = ((page - 1) * UnmatchedAPage + 1, Math.Min(page * UnmatchedAPage, all.Count));
        return new UnmatchedView(
            all.Count, Lines(first - 1, UnmatchedAPage), null, all.Count == 0 ? null : $"Mentees {Counted.Of(first)} to {Counted.Of(last)} of {Counted.Of(all.Count)}",
            page > 1 ? Href(page - 1) : null, last < all.Count ? Href(page + 1) : null);

        IReadOnlyList<UnmatchedLine> Lines(int skip, int take) => [.. all.Skip(skip).Take(take).Select(mentee => ReasonWords.UnmatchedLine(mentee, view.Match, view.Names, query))];
        string Href(int wanted) => (query with { Unmatched = wanted }).Href + "#unmatched";
    }
}
