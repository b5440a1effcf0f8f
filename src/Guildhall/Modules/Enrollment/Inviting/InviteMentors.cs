using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Asks sellers by mail to apply as mentors of a program: who can be asked is, and of the others it says why not. The mails are stored with the invitations.</summary>
public sealed class InviteMentors(GuildhallDb db, ProgramLookup programs, SellerLookup sellers, InviteStandings standings, Outbox outbox, MailLimit limit, AuditTrail trail, TimeProvider clock)
{
    /// <summary>Sellers invited in one go: two pages of the finder.</summary>
    public const int Limit = 100;

    /// <inheritdoc cref="MentorInvitation.DaysBetween"/>
    public const int DaysBetween = MentorInvitation.DaysBetween;

    /// <param name="NotInvited">How many were not, by reason.</param>
    public sealed record Outcome(int Invited, IReadOnlyDictionary<InviteState, int> NotInvited);

    public async Task<Result<Outcome>> Run(string programSlug, IReadOnlyCollection<Guid> sellerIds, Actor by, CancellationToken stop)
    {
        if (await programs.BySlug(programSlug, stop) is not { } program) return Refusal.NotFound("program");
        if (!program.TakesApplications(clock.GetUtcNow())) return TakesNone(program);
        List<Guid> chosen = [.. sellerIds.Distinct()];
        if (chosen.Count == 0) return Refusal.Invalid("nobody", "Choose at least one seller to invite. Nobody was invited.");
        if (chosen.Count > Limit) return Refusal.Invalid("too_many", $"Choose up to {Limit:N0} sellers to invite at a time. Nobody was invited.");

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // One list at a time: two that overlap in different orders would each wait for the other at the limit of mails.
        await db.LockUntilCommit("invitations to mentor", stop);
        if (!await programs.KeepTakingPeople(program.Id, stop)) return program.TakesNobody;
        var cards = await sellers.Cards(chosen, stop);
        var known = await standings.Of(program, chosen, stop);
        var marketplace = await db.Set<Marketplace>().Select(one => one.Name).SingleOrDefaultAsync(stop);
        var before = await db.Set<MentorInvitation>().Where(i => i.ProgramId == program.Id && chosen.Contains(i.SellerId)).ToDictionaryAsync(i => i.SellerId, stop);
        var (invited, left) = (0, new Dictionary<InviteState, int>());
        foreach (var id in chosen)
        {
            var state = cards.TryGetValue(id, out var shop) ? known[id].State : InviteState.NoSeller;
            if (state == InviteState.CanBe && !await Write(program, shop!, known[id].Addresses, marketplace, by, stop)) state = InviteState.TooMany;
            if (state != InviteState.CanBe)
            {
                left[state] = left.GetValueOrDefault(state) + 1;
                continue;
            }

            if (!before.TryGetValue(id, out var invitation)) db.Add(invitation = new MentorInvitation(program.Id, id));
            invitation.Ask(by.AccountId, clock.GetUtcNow());
            trail.Add(by, AuditVerb.Invited, AuditSubject.Seller(id, program.Id), "mentor");
            invited++;
        }

        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException refused) when (refused.IsLostRace())
        {
            db.ChangeTracker.Clear();
            return Refusal.Conflict("invited_meanwhile", "Somebody else invited some of these sellers at the same moment. Theirs are invited and nobody was by you. Look at the list, then choose again.");
        }

        await transaction.CommitAsync(stop);
        return new Outcome(invited, left);
    }

    static Refusal TakesNone(ProgramFacts program) => Refusal.Conflict("no_applications", program.IsDraft
        ? $"{program.Name}, {program.Cohort} is a draft that nobody can apply to. Nobody was invited. Publish it first, or add mentors without an application."
        : $"{program.Name}, {program.Cohort} takes no applications any more. Nobody was invited. Choose a later last day to apply, or add mentors without an application.");

    /// <returns>False where none of the addresses may get a further mail of this kind today.</returns>
    async Task<bool> Write(ProgramFacts program, SellerCard shop, IReadOnlyList<string> addresses, string? marketplace, Actor by, CancellationToken stop)
    {
        var isWritten = false;
        foreach (var address in addresses)
        {
            if (await limit.Reached(InviteStandings.Kind, address, stop) is not null) continue;
            outbox.Add(Letter(program, shop, address, marketplace, by));
            isWritten = true;
        }

        return isWritten;
    }

    static Mail Letter(ProgramFacts program, SellerCard shop, string to, string? marketplace, Actor by) => new(
        InviteStandings.Kind, to, $"Would you mentor in {program.Name}?",
        [
            $"{by.Name}{(marketplace is null ? "" : $" of {marketplace}")} invites {shop.Name} to mentor newer sellers in {program.Name}, {program.Cohort}.",
            string.Create(CultureInfo.InvariantCulture, $"It starts on {Day(program.StartsOn)} and lasts {program.Design.Structure.LengthWeeks} weeks. You say how many mentees you take and when you have time, and you decide on each mentee who is suggested to you."),
            string.Create(CultureInfo.InvariantCulture, $"The application has {MentorQuestions.All.Count} short questions and can be sent until {Day(program.ApplicationsCloseOn)}. If you have no account yet, ask for a link to sign in with this address."),
            string.Create(CultureInfo.InvariantCulture, $"If it isn’t for you, leave this message alone. You are not asked again within {MentorInvitation.DaysBetween} days."),
        ],
        new Link("See the application", $"/mentor/apply/{program.Slug}"));

    static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
