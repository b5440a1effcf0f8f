using System.Diagnostics;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Impact;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Modules.Sessions;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Participant = Guildhall.Modules.Enrollment.Participant;

namespace Guildhall.Commands.Demo;

/// <summary>The program that is over, as it would stand in the database had it been run here: people, two runs of the matching, mentorships with their sessions, what was settled to look at, and a reading that is asked for.</summary>
sealed class DemoEarlierProgram(GuildhallDb db, DemoAccounts accounts, ProgramLookup programs, SellerLookup sellers, MatchPool pool, FreezeBaselines freeze, MarketplaceZone zones, TimeProvider clock)
{
    const double NearTiePoints = 2;
    const long CostCents = 18_000_00;
    const decimal FeePercent = 12;
    const int SessionMinutes = 45, DaysBetweenSessions = 14;

    static readonly ProgramDesign design = ProgramDesign.FirstNinetyDays with
    {
        Goal = new Goal("first_year_revenue", 10),
        Mentees = new Eligibility(MaximumDaysSinceSignUp: 3650),
        FreeTrial = FreeTrial.None,
        Vetting = Vetting.Plain,
    };

    static readonly string[] steps =
    [
        "Take new photos of the three listings with most visits", "Write down what each product costs with its shipping", "Ask the supplier for the price at 200 pieces", "Answer every message of this week within a day",
        "Set a reorder point for the five products that sold out", "Compare the prices of the ten nearest shops", "Send every order of this week on the next working day",
    ];

    readonly Dictionary<Guid, (Account Account, DemoSeller Seller)> people = [];
    readonly Dictionary<Guid, int> menteesOf = [];
    readonly List<(Guid Session, Side Side, Guid Account, DateTimeOffset At)> said = [];

    /// <returns>How many mentorships there are now; 0 when they were there before, and where there is nothing to tell.</returns>
    public async Task<int> Run(DemoMarketplace marketplace, CancellationToken stop)
    {
        var earlier = marketplace.Earlier;
        if (earlier.Mentees.Count == 0 || await db.Set<Modules.Programs.Program>().AnyAsync(known => known.Name == DemoEarlierCohort.Program, stop)) return 0;

        // All of it or nothing: a load that is interrupted here begins with it again.
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var facts = await Open(earlier, stop);
        var ids = await sellers.IdsOf([.. earlier.Mentees.Select(mentee => mentee.Seller.Id), .. earlier.Mentors.Select(mentor => mentor.Id)], stop);
        var made = 0;
        foreach (var (at, day) in earlier.Rounds.Index())
        {
            List<DemoSeller> mentees = [.. earlier.Mentees.Where(mentee => mentee.Round == at + 1).Select(mentee => mentee.Seller)];
            await Enroll(facts, at == 0 ? [.. earlier.Mentors] : [], mentees, ids, day.AddDays(-3), stop);
            made += await Match(facts, at + 1, day, earlier, stop);
        }

        Ask(facts);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return made;
    }

    static DateTimeOffset At(DateOnly day, int hour = 15) => new(day, new TimeOnly(hour, 0), TimeSpan.Zero);

    async Task<ProgramFacts> Open(DemoEarlierCohort earlier, CancellationToken stop)
    {
        var form = new NewProgramForm(DemoEarlierCohort.Program, NewProgramForm.SeasonOf(earlier.StartsOn), earlier.StartsOn, earlier.StartsOn.AddDays(-4));
        var openedAt = At(earlier.StartsOn.AddDays(-40));
        if (!Modules.Programs.Program.Draft(form, Actor.Product, openedAt, design).Succeeded(out var program, out var refusal)) throw new InvalidOperationException(refusal.Message);
        _ = program.Publish().Value;
        _ = program.Close().Value;
        db.Add(program);
        // What to judge it by was settled before it began, and nobody has changed it since.
        db.Add(new ReadingPlan(program.Id, 1, new(StudyOutcome.Sales, 6, ComparesCategory: true, ComparesCountry: true, ComparesAge: true, UsefulPercent: 10), Actor.Product.AccountId, openedAt.AddDays(1)));
        db.Add(new MatchingRules(program.Id, Settings(earlier.StartsOn), Actor.Product, openedAt.AddDays(2)));
        await db.SaveChangesAsync(stop);
        return (await programs.BySlug(program.Slug, stop))!;
    }

    async Task Enroll(ProgramFacts program, IReadOnlyList<DemoSeller> mentors, IReadOnlyList<DemoSeller> mentees, IReadOnlyDictionary<string, Guid> ids, DateOnly day, CancellationToken stop)
    {
        var shops = await sellers.Facts([.. mentors.Concat(mentees).Select(seller => ids[seller.Id])], stop);
        var joined = new List<Participant>();
        foreach (var (at, seller) in mentors.Concat(mentees).Index())
        {
            var (id, isMentor) = (ids[seller.Id], at < mentors.Count);
            var random = DemoRandom.For(0, "earlier participant", seller.Index);
            var participant = isMentor
                ? Participant.Mentor(program.Id, id, Mentor(seller, random).OrAsTheShop(shops.GetValueOrDefault(id)), seller.OwnerName, ProfileOrigin.Stated, At(day))
                : Participant.Mentee(program.Id, id, Mentee(seller, random).OrAsTheShop(shops.GetValueOrDefault(id)), seller.OwnerName, ProfileOrigin.Stated, At(day));
            people[participant.Value.Id] = (await accounts.Owner(seller, id, At(day.AddDays(-1))), seller);
            joined.Add(participant.Value);
        }

        db.AddRange(joined);
        await freeze.Of(program, joined, stop);
        await db.SaveChangesAsync(stop);
    }

    static MentorProfile Mentor(DemoSeller seller, DemoRandom random) => new()
    {
        Id = seller.Id,
        Capacity = DemoEarlierCohort.PlacesAMentor,
        WeekHours = WeekGrid.Parse("mon-fri 9-19"),
        Style = Leaning(random),
        Contact = Leaning(random),
        Strengths = [.. random.PickSome(Skill.All, 4).Select(skill => new SkillStrength(skill.Id, Math.Round(random.Between(0.4, 1), 1)))],
    };

    static MenteeProfile Mentee(DemoSeller seller, DemoRandom random) => new()
    {
        Id = seller.Id,
        WeekHours = WeekGrid.Parse(random.Chance(0.5) ? "mon-fri 9-13" : "mon-fri 12-18"),
        Style = Leaning(random),
        Contact = Leaning(random),
        Needs = [.. random.PickSome(Skill.All, 2).Select(skill => new SkillNeed(skill.Id, Math.Round(random.Between(0.3, 1), 1)))],
        TargetOrdersPerWeek = Math.Ceiling(7 * seller.Temper.OrdersADay * 1.5),
    };

    static MatchSettings Settings(DateOnly startsOn) => new() { ProgramStart = startsOn, ProgramWeeks = design.Structure.LengthWeeks, NearTies = new(NearTiePoints) };

    static double Leaning(DemoRandom random) => Math.Round(Math.Clamp(0.55 * random.Normal(), -1, 1), 1);

    async Task<int> Match(ProgramFacts program, int number, DateOnly day, DemoEarlierCohort earlier, CancellationToken stop)
    {
        var (at, watch) = (At(day), Stopwatch.StartNew());
        var settings = Settings(program.StartsOn);
        // Nothing that was known later went into it.
        var pooled = await pool.Of(program with { FiguresAsOf = day }, stop);
        var input = new MatchInput(pooled.Mentees, pooled.Mentors, pooled.Present(settings));
        if (Matcher.Prepare(input, stop).Value is not { } match) throw new InvalidOperationException("The demo’s earlier program has nobody to pair.");
        var result = match.Run(stop);
        var run = new CompletedRun(program.Id, number, program.Version, input, result, pooled.Notes, watch.Elapsed, Actor.Product, at);
        _ = run.Approve(Actor.Product, at.AddMinutes(20)).Value;
        db.Add(run);

        var zone = await zones.Of(stop);
        var byId = people.ToDictionary(one => one.Value.Seller.Id, one => one.Key);
        var joins = earlier.Mentees.ToDictionary(mentee => mentee.Seller.Id);
        foreach (var pair in result.Pairs)
        {
            var (mentee, mentor) = (byId[pair.MenteeId], byId[pair.MentorId]);
            var proposal = new Proposal(run.Id, program.Id, mentee, mentor, pair.Score.Millionths, at.AddMinutes(20));
            db.Add(proposal);
            if (PairChoice.Of(proposal, pair, result.Settings) is { } choice) db.Add(choice);
            Live(program, proposal, joins[pair.MenteeId], menteesOf[mentor] = menteesOf.GetValueOrDefault(mentor) + 1, zone);
        }

        await db.SaveChangesAsync(stop);
        await Say(stop);
        return result.Pairs.Count;
    }

    /// <summary>From the request to the end.</summary>
    /// <param name="place">Which of the mentor's places it takes, from 1.</param>
    void Live(ProgramFacts program, Proposal proposal, DemoAlumnus alumnus, int place, TimeZoneInfo zone)
    {
        var ((mentee, menteeSeller), (mentor, mentorSeller)) = (people[proposal.MenteeId], people[proposal.MentorId]);
        var random = DemoRandom.For(1, "earlier mentorship", menteeSeller.Index);
        var acceptedAt = At(alumnus.AcceptedOn, 16);
        proposal.AskMentor(acceptedAt.AddDays(-2), []);
        _ = proposal.Accept(Side.Mentor, mentor.Id, acceptedAt.AddDays(-1)).Value;
        proposal.AskMentee(acceptedAt.AddDays(-1), []);
        _ = proposal.Accept(Side.Mentee, mentee.Id, acceptedAt).Value;

        var (mentorship, begun) = Mentorship.Begin(new AcceptedPair(proposal.Id, proposal.MenteeId, proposal.MentorId, acceptedAt), program, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(acceptedAt, zone).DateTime));
        _ = mentorship.Keep(Side.Mentor, mentor.Id, acceptedAt.AddDays(3)).Value;
        var kept = mentorship.Keep(Side.Mentee, mentee.Id, At(alumnus.JoinedOn, 17)).Value!;
        // Who gave their shop up left with it.
        var hasStopped = !menteeSeller.IsTradingOn(mentorship.EndsOn);
        var endsOn = hasStopped ? menteeSeller.SignedUpOn.AddDays(menteeSeller.Temper.StopsAfterDays!.Value) : mentorship.EndsOn;
        var because = hasStopped ? PairEnd.MenteeLeft : PairEnd.Finished;
        var ended = mentorship.End(because, hasStopped ? Side.Mentee : null, hasStopped ? mentee.Id : null, At(endsOn, 21)).Value;
        _ = proposal.End(because, At(endsOn, 21)).Value;
        db.AddRange(mentorship, begun, kept, ended);

        Meet(program, proposal, alumnus, endsOn, place, random);
        if (hasStopped) return;
        var reached = random.Chance(0.55) ? Reached.Yes : random.Chance(0.7) ? Reached.Partly : Reached.No;
        if (random.Chance(0.8)) db.Add(new MentorshipReview(mentorship.Id, Side.Mentee, mentee.Id, reached, random.Chance(0.85), null, null, At(endsOn.AddDays(2))));
        if (random.Chance(0.7)) db.Add(new MentorshipReview(mentorship.Id, Side.Mentor, mentor.Id, reached, random.Chance(0.9), null, null, At(endsOn.AddDays(3))));
    }

    /// <summary>A session every fortnight, each mentee of a mentor at an hour of their own. Not always do both say that they met, and not always is it written down.</summary>
    void Meet(ProgramFacts program, Proposal proposal, DemoAlumnus alumnus, DateOnly endsOn, int place, DemoRandom random)
    {
        var ((mentee, menteeSeller), (mentor, mentorSeller)) = (people[proposal.MenteeId], people[proposal.MentorId]);
        var pair = new StandingPair(
            proposal.Id, program.Id, new Member(proposal.MenteeId, mentee.SellerId!.Value, Side.Mentee, menteeSeller.OwnerName, proposal.ApprovedAt), new Member(proposal.MentorId, mentor.SellerId!.Value, Side.Mentor, mentorSeller.OwnerName, proposal.ApprovedAt));
        var first = alumnus.AcceptedOn.AddDays(4 + place);
        if (first.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) first = first.AddDays(2);
        for (var (day, number) = (first, 0); day < endsOn; day = day.AddDays(DaysBetweenSessions), number++)
        {
            // The hour goes by the place, so a mentor never meets two at once.
            var local = day.ToDateTime(new TimeOnly(9 + (2 * place), 0));
            var session = Session.Book(pair, local, mentorSeller.Place.TimeZone, SessionMinutes, "", null, At(day.AddDays(-6)));
            db.AddRange(session, new SessionChange(session, SessionDeed.Booked, Side.Mentee, mentee.Id, "", At(day.AddDays(-6))));
            db.AddRange(Busy.Of(session, TimeSpan.Zero, TimeSpan.Zero));
            if (random.Chance(0.9)) said.Add((session.Id, Side.Mentor, mentor.Id, session.EndsAt.AddHours(1)));
            if (random.Chance(0.85)) said.Add((session.Id, Side.Mentee, mentee.Id, session.EndsAt.AddHours(3)));
            if (random.Chance(0.7))
            {
                var note = new SessionNote(session.Id);
                var topic = random.Below(steps.Length);
                _ = note.Write(new NoteWords([Skill.All[topic].Id], "", "", steps[topic]), Side.Mentor, session.EndsAt.AddHours(1)).Value;
                db.Add(note);
            }

            if (random.Chance(0.6))
            {
                var useful = random.Chance(0.75) ? Useful.Yes : random.Chance(0.8) ? Useful.Partly : Useful.No;
                db.Add(new Feedback(session, mentee.Id, useful, number < Feedback.SessionsAboutFit ? Fit.Yes : null, [Behavior.All.Where(one => one.Helped == (useful == Useful.Yes)).ElementAt(random.Below(4)).Key], null, session.EndsAt.AddHours(4)));
            }
        }
    }

    /// <summary>What the two said of their sessions; it has no way into the database but this one.</summary>
    async Task Say(CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO sessions.statement (session_id, side, outcome, account_id, said_at)
            SELECT session_id, side, {nameof(Modules.Sessions.Outcome.Met)}, account_id, said_at FROM unnest({said.Select(one => one.Session).ToArray()}, {said.Select(one => one.Side.ToString()).ToArray()}, {said.Select(one => one.Account).ToArray()}, {said.Select(one => one.At).ToArray()}) AS said(session_id, side, account_id, said_at)
            """, stop);
        said.Clear();
    }

    /// <summary>Somebody notes what it cost and asks for what came of it, and for what went with better outcomes: the product's own jobs read both.</summary>
    void Ask(ProgramFacts program)
    {
        db.Add(new ProgramCost(program.Id, 1, CostCents, FeePercent, Actor.Product.AccountId, At(program.LastDay.AddDays(14))));
        db.Add(new ReadingRequest(program.Id, 1, Actor.Product.AccountId, clock.GetUtcNow()));
        db.Add(new LearningRequest(program.Id, Actor.Product.AccountId, clock.GetUtcNow()));
    }
}
