using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>A program as its applicant or participant sees it on their start page.</summary>
/// <param name="State">Null for somebody whom a manager brought in.</param>
/// <param name="MustCertify">A mentor who has still to answer the situations of the coaching method.</param>
/// <param name="Place">On the waiting list: where, and how long it may take.</param>
/// <param name="IsOpen">Of a mentor who takes part: whether they take new mentees.</param>
/// <param name="Meeting">Of who takes part: when the cohort meets for the first time, on their own clocks; null while that is not booked.</param>
/// <param name="IsAppealed">A declined mentor asked for a second look.</param>
/// <param name="IsPaired">Somebody who takes part and has a mentor, or a mentee, in it.</param>
/// <param name="IsOver">A mentee whose mentorship here came to its end, or who left.</param>
/// <param name="HasMentorElsewhere">A mentee who takes part and has a mentor in another program.</param>
/// <param name="WaitsUntil">A mentee who takes part and waits for a place until this day at the latest; null for who doesn't wait for a day.</param>
public sealed record MyProgram(ProgramFacts Program, Side Side, ApplicationState? State, bool TakesPart, WaitingPlace? Place, bool MustCertify, string? Meeting = null, bool? IsOpen = null, bool IsAppealed = false, bool IsPaired = false, bool IsOver = false, bool HasMentorElsewhere = false, DateOnly? WaitsUntil = null)
{
    /// <summary>Whether nothing is to come of it for this person: their mentorship is over, or it is closed and they stand in no pair.</summary>
    public bool IsBehind => TakesPart && !IsPaired && (IsOver || !Program.TakesPeople);
}

/// <summary>The start pages of mentees and mentors: what they take part in, what they applied for, and the one next step.</summary>
sealed class MyPrograms(
    GuildhallDb db, ProgramLookup programs, WaitingList waiting, SignCharter charter, EnrollmentLookup enrollment, OwnClock own, IEnumerable<IAwaitSellers> awaiting, IEnumerable<IAddToHome> others, IEnumerable<IKnowPairs> pairs, IEnumerable<IKnowWaits> waits, ILogger<MyPrograms> log)
{
    /// <summary>What is shown of old programs at most: who looks for more asks the team.</summary>
    internal const int Most = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me", (MyPrograms mine, ShopActor shop, Shell shell, CancellationToken stop) => mine.Show(Side.Mentee, shop, shell, stop)).RequireAccess(AccessTable.TakePart);
        routes.MapGet("/mentor", (MyPrograms mine, ShopActor shop, Shell shell, CancellationToken stop) => mine.Show(Side.Mentor, shop, shell, stop)).RequireAccess(AccessTable.TakePart);
    }

    async Task<IResult> Show(Side side, ShopActor shop, Shell shell, CancellationToken stop)
    {
        List<AwaitsSeller> awaits = [];
        foreach (var module in awaiting) awaits.AddRange(await module.Of(new SellerSeat(shop, side), stop));
        return Page.Of<HomePage>(new
        {
            Shell = await shell.Personal(side == Side.Mentee ? Area.Me : Area.Mentor, stop),
            Side = side,
            shop.Name,
            Awaits = (IReadOnlyList<AwaitsSeller>)awaits,
            Mine = await Of(side, shop, stop),
            Open = await programs.TakingApplications(stop),
            MentorIn = side == Side.Mentee ? await MentorIn(shop, stop) : [],
            MustSign = await charter.Asks(shop.AccountId, stop),
            Cards = await Cards(new SellerSeat(shop, side, IsAwaited: awaits.Exists(one => one.NeedsThem)), stop),
        });
    }

    async Task<IReadOnlyList<string>> MentorIn(ShopActor shop, CancellationToken stop)
    {
        var seats = await db.Set<Participant>().Where(p => p.SellerId == shop.SellerId && p.Side == Side.Mentor).OrderByDescending(p => p.Id).Take(Most).Select(p => p.ProgramId).ToListAsync(stop);
        var called = await programs.Called(seats, stop);
        return [.. seats.Where(called.ContainsKey).Select(id => called[id])];
    }

    /// <summary>What other modules add. A card that fails is left out: a step or a session never waits for a figure.</summary>
    async Task<IReadOnlyList<HomeCard>> Cards(SellerSeat seat, CancellationToken stop)
    {
        List<HomeCard> cards = [];
        foreach (var other in others)
        {
            try
            {
                cards.AddRange(await other.CardsOf(seat, stop));
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                log.LogError(failure, "{Part} has nothing on the start page of seller {Seller}, because it failed", other.GetType().Name, seat.Shop.SellerId);
            }
        }

        return [.. cards.OrderBy(card => card.Order)];
    }

    async Task<IReadOnlyList<MyProgram>> Of(Side side, ShopActor shop, CancellationToken stop)
    {
        var sellerId = shop.SellerId;
        var participations = await db.Set<Participant>().Where(p => p.SellerId == sellerId && p.Side == side).OrderByDescending(p => p.Id).Take(Most).Select(p => new { p.ProgramId, p.Id, p.AsMentor }).ToDictionaryAsync(p => p.ProgramId, p => (p.Id, IsOpen: p.AsMentor?.IsOpenToNew), stop);
        var applications = await db.Set<Application>().AsNoTracking().Where(a => a.SellerId == sellerId && a.Side == side).OrderByDescending(a => a.Id).Take(Most).ToListAsync(stop);
        List<MyProgram> mine = [];
        var zone = participations.Count > 0 ? await own.Of(shop, stop) : null;
        HashSet<Guid> paired = [], over = [];
        if (participations.Count > 0)
            foreach (var module in pairs)
            {
                paired.UnionWith((side == Side.Mentee ? await module.OfMentee(sellerId, stop) : await module.OfMentor(sellerId, 0, Most, stop)).Select(pair => pair.ProgramId));
                if (side == Side.Mentee) over.UnionWith(await module.ProgramsOver(sellerId, stop));
            }

        Dictionary<Guid, DateOnly> waitsUntil = [];
        if (side == Side.Mentee && participations.Count > 0)
            foreach (var module in waits)
                foreach (var (program, day) in await module.OfMentee(sellerId, stop)) waitsUntil[program] = day;

        foreach (var programId in participations.Keys.Union(applications.Select(a => a.ProgramId)))
        {
            if (await programs.ById(programId, stop) is not { } program) continue;
            // The newest says where it stands; older ones were declined or taken back.
            var application = applications.Find(a => a.ProgramId == programId);
            var takesPart = participations.TryGetValue(programId, out var seat);
            mine.Add(new MyProgram(
                program, side, application?.State, takesPart, application is null ? null : await waiting.PlaceOf(program, application, stop),
                takesPart && side == Side.Mentor && await enrollment.MustCertify(program, seat.Id, stop),
                takesPart && program.Welcome is { } welcome ? CohortWelcome.Words(welcome, zone!) : null,
                takesPart ? seat.IsOpen : null,
                application?.Appeal is not null,
                takesPart && paired.Contains(programId),
                takesPart && over.Contains(programId) && !paired.Contains(programId),
                takesPart && side == Side.Mentee && paired.Count > 0 && !paired.Contains(programId),
                takesPart && waitsUntil.TryGetValue(programId, out var day) ? day : null));
        }

        return mine;
    }
}
