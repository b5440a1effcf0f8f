using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>The page on which the two of a pair agree how they talk, one address on each side.</summary>
static class AgreementRoutes
{
    public static string Path(Side side, Guid pairId) => $"{(side == Side.Mentee ? "/me" : "/mentor")}/agreement/{pairId}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (side, root) in new[] { (Side.Mentee, "/me/agreement/{id:guid}"), (Side.Mentor, "/mentor/agreement/{id:guid}") })
        {
            var own = routes.MapGroup(root).RequireAccess(AccessTable.TakePart);
            own.MapGet("", (Guid id, string? did, ShopActor shop, ReadAgreement read, Shell shell, CancellationToken stop) => Show(id, side, did, shop, new FormFields(), null, read, shell, stop));
            own.MapPost("", async (Guid id, FormFields form, ShopActor shop, ChangeAgreement change, ReadAgreement read, Shell shell, CancellationToken stop) =>
                (await change.Propose(id, side, shop, form, form.Edition("seen"), stop)).Refusal is { } refusal
                    ? await Show(id, side, null, shop, form, refusal, read, shell, stop)
                    : Results.LocalRedirect($"{Path(side, id)}?did=proposed"));
            own.MapPost("confirm", async (Guid id, FormFields form, ShopActor shop, ChangeAgreement change, ReadAgreement read, Shell shell, CancellationToken stop) =>
                (await change.Confirm(id, side, shop, form.Edition("seen"), stop)).Refusal is { } refusal
                    ? await Show(id, side, null, shop, new FormFields(), refusal, read, shell, stop)
                    : Results.LocalRedirect($"{Path(side, id)}?did=confirmed"));
        }
    }

    static async Task<IResult> Show(Guid id, Side side, string? did, ShopActor shop, FormFields form, Refusal? refusal, ReadAgreement read, Shell shell, CancellationToken stop)
    {
        if (await read.Of(id, side, shop, stop) is not { } view) return await Page.Refused(shell, Refusal.NotFound("agreement"), stop);
        return Page.Of<AgreementPage>(new
        {
            Shell = await shell.Personal(side == Side.Mentee ? Area.Me : Area.Mentor, stop),
            View = view,
            Here = Path(side, id),
            Done = did switch { "proposed" => $"Sent. It holds when {view.Other.FirstName} agrees.", "confirmed" => "Agreed. It holds from now on, until you both agree to something else.", _ => null },
            // What has no field of its own stands above the form.
            Problem = refusal is { Kind: RefusalKind.Conflict } ? refusal.Message : null,
            Form = refusal is { Kind: RefusalKind.Conflict } ? form : form.Refused(refusal),
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }
}

/// <summary>On the start page: with whom one talks, what of it is not read yet, and whether the two have agreed how.</summary>
sealed class PairsOnHome(GuildhallDb db, IKnowPairs pairs, PairNames names, ReadAgreement agreements, MenteeGlance glance) : IAddToHome
{
    const int MostShown = 10;

    public async Task<IReadOnlyList<HomeCard>> CardsOf(SellerSeat seat, CancellationToken stop)
    {
        var mine = seat.Side == Side.Mentee ? await pairs.OfMentee(seat.Shop.SellerId, stop) : await pairs.OfMentor(seat.Shop.SellerId, 0, MostShown, stop);
        if (mine.Count == 0) return [];
        var called = await names.Of(mine.Select(pair => seat.Side == Side.Mentee ? pair.Mentor : pair.Mentee), stop);
        List<Guid> ids = [.. mine.Select(pair => pair.Id)];
        var stand = await agreements.Stand(ids, stop);
        var unread = await db.Unread(ids, seat.Side).GroupBy(message => message.MentorshipId).Select(thread => new { thread.Key, Count = thread.Count() }).ToDictionaryAsync(thread => thread.Key, thread => thread.Count, stop);
        var paused = await db.Set<Mentorship>().Where(m => ids.Contains(m.Id) && m.State == MentorshipState.Paused).Select(m => m.Id).ToListAsync(stop);
        var facts = seat.Side == Side.Mentor ? await glance.Of(mine, seat.Shop, stop) : new Dictionary<Guid, IReadOnlyList<Figure>>();
        var card = HomeCard.Of<PairsCard>(30, ("Side", seat.Side), ("Lines", (IReadOnlyList<PairLine>)[.. mine.Select(pair =>
        {
            var (isInForce, proposedFrom) = stand.GetValueOrDefault(pair.Id);
            var other = called(seat.Side == Side.Mentee ? pair.Mentor : pair.Mentee);
            var (words, action) = proposedFrom switch
            {
                { } by when by == seat.Side => ($"You proposed how you talk. It waits for {other.FirstName}.", "See it"),
                { } => ($"{other.FirstName} proposes how you talk, and waits for your answer.", "Read and answer"),
                _ when isInForce => ("You agreed how you talk.", "See it"),
                _ => ("You have not agreed how you talk yet.", "Agree how you talk"),
            };
            return new PairLine(pair.Id, other, paused.Contains(pair.Id) ? $"It is paused, and nothing is due. {words}" : words, action, unread.GetValueOrDefault(pair.Id), facts.GetValueOrDefault(pair.Id) ?? []);
        })]));
        return [seat.Side == Side.Mentee ? card.Aside() : card];
    }
}

/// <summary>One pair on a start page.</summary>
/// <param name="Unread">How many messages of the other one were not read yet.</param>
/// <param name="Facts">Of a mentee, what the mentor may see of them.</param>
public sealed record PairLine(Guid PairId, PairPerson Other, string Words, string Action, int Unread, IReadOnlyList<Figure> Facts);
