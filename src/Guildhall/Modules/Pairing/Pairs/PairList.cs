using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Which pairs the list shows.</summary>
public enum PairFilter { WaitingForMentors, WaitingForMentees, Active, Declined, Expired, Withdrawn, Over }

/// <summary>One side of a pair, and whether they were told.</summary>
public sealed record PairSide(string Person, string Shop, string Told, bool IsUntold);

/// <summary>A pair in the list.</summary>
/// <param name="State">Its badge.</param>
/// <param name="More">What stands behind the state: who is waited for, who declined and why.</param>
/// <param name="WithdrawAction">Null where it can't be withdrawn.</param>
/// <param name="PageHref">The page of a pair that stands or stood; null of one that never did.</param>
/// <param name="Run">Null of one that was offered in the place of a pair that ended.</param>
/// <param name="WaiverHref">Of a pair that is held back: where the conflict is waived.</param>
public sealed record PairListRow(Guid Id, PairSide Mentee, PairSide Mentor, string State, Tone Tone, string More, Link? Run, string? WithdrawAction, string? PageHref, string? WaiverHref);

/// <summary>A page of the pairs of a program.</summary>
/// <param name="Filter">Which it shows.</param>
/// <param name="Held">How many are held back by a conflict of interest.</param>
public sealed record PairListRows(PairFilter Filter, IReadOnlyList<PairListRow> Rows, int Total, IReadOnlyDictionary<PairFilter, int> Counts, int Held, int Page)
{
    public const int Size = 50;
}

/// <summary>Lists approved pairs, the newest first, in as many queries for fifty as for one: counts, rows, names, shops, mails, runs, zone.</summary>
sealed class PairList(GuildhallDb db, PairPeople people, AccountLookup accounts, Outbox outbox, MarketplaceZone zones, TimeProvider clock)
{
    /// <param name="asked">Null shows the first kind that there are any of.</param>
    public async Task<PairListRows> Of(ProgramFacts program, PairFilter? asked, int page, CancellationToken stop)
    {
        // What was undone with its run was never sent.
        var all = db.Set<Proposal>().AsNoTracking().Where(p => p.ProgramId == program.Id && (p.State != ProposalState.Withdrawn || p.DecidedAt != null));
        var groups = await all.GroupBy(p => new { p.State, MentorAccepted = p.MentorAcceptedAt != null, IsHeld = p.HeldAt != null }).Select(group => new { group.Key.State, group.Key.MentorAccepted, group.Key.IsHeld, Count = group.Count() }).ToListAsync(stop);
        var counts = groups.GroupBy(group => FilterOf(group.State, group.MentorAccepted)).ToDictionary(group => group.Key, group => group.Sum(one => one.Count));
        var filter = asked ?? (counts.Count == 0 ? PairFilter.WaitingForMentors : counts.Keys.Min());
        var total = counts.GetValueOrDefault(filter);
        page = Math.Clamp(page, 1, Math.Max(1, (total + PairListRows.Size - 1) / PairListRows.Size));
        var pairs = await Within(all, filter).OrderByDescending(p => p.Id).Skip((page - 1) * PairListRows.Size).Take(PairListRows.Size)
            .Join(db.Set<CompletedRun>(), p => p.RunId, run => run.Id, (Pair, run) => new { Pair, run.Number }).ToListAsync(stop);
        var ids = pairs.Select(one => one.Pair.Id).ToList();
        var followers = await db.Set<Proposal>().Where(p => p.InPlaceOf != null && ids.Contains(p.InPlaceOf.Value)).Select(p => new { p.InPlaceOf, p.MentorId }).ToDictionaryAsync(p => p.InPlaceOf!.Value, p => p.MentorId, stop);
        var named = await people.Of([.. pairs.SelectMany(one => new[] { one.Pair.MenteeId, one.Pair.MentorId }).Concat(followers.Values).Distinct()], stop);
        var fates = await outbox.Fates([.. pairs.SelectMany(one => one.Pair.Mails)], stop);
        var canSignIn = await accounts.AddressesOf([.. pairs.SelectMany(one => new[] { named[one.Pair.MenteeId].SellerId, named[one.Pair.MentorId].SellerId }).Distinct()], stop);
        var (now, zone) = (clock.GetUtcNow(), await zones.Of(stop));
        return new PairListRows(filter, [.. pairs.OrderByDescending(one => one.Pair.Id).Select(one => Row(one.Pair, one.Number))], total, counts, groups.Where(group => group is { IsHeld: true, State: ProposalState.Approved }).Sum(group => group.Count), page);

        PairListRow Row(Proposal pair, int? number)
        {
            var (mentee, mentor) = (named[pair.MenteeId], named[pair.MentorId]);
            var (menteeName, mentorName) = CalledApart.Of(mentee, mentor);
            var words = new PairWords(pair, menteeName, mentorName, followers.TryGetValue(pair.Id, out var follower) ? named[follower].Person : null, now, zone);
            PairSide Side(PairPerson person, Side side)
            {
                var standsThere = canSignIn.Contains(person.SellerId);
                return new(person.Person, person.Shop, words.Told(side, fates, standsThere), pair.AskedOf(side) is not null && pair.MailsTo(side).Count == 0 && !standsThere && !pair.HasAnswered(side));
            }

            return new PairListRow(
                pair.Id, Side(mentee, Enrollment.Side.Mentee), Side(mentor, Enrollment.Side.Mentor), words.State, words.Tone, words.More,
                number is null ? null : new Link($"Run {number}", $"/manage/{program.Slug}/matching/{number}"), pair.State == ProposalState.Approved ? $"/manage/{program.Slug}/pairs/{pair.Id}/withdraw" : null,
                pair.State is ProposalState.Active or ProposalState.Finished or ProposalState.Ended ? $"/manage/{program.Slug}/pairs/{pair.Id}" : null,
                words.IsHeld ? EditRules.WaiverHref($"/manage/{program.Slug}/matching", mentee.ExternalId, mentor.ExternalId, pair.HeldFor!.Value) : null);
        }
    }

    static PairFilter FilterOf(ProposalState state, bool mentorAccepted) => state switch
    {
        ProposalState.Active => PairFilter.Active,
        ProposalState.Declined => PairFilter.Declined,
        ProposalState.Expired => PairFilter.Expired,
        ProposalState.Withdrawn => PairFilter.Withdrawn,
        ProposalState.Finished or ProposalState.Ended => PairFilter.Over,
        _ => mentorAccepted ? PairFilter.WaitingForMentees : PairFilter.WaitingForMentors,
    };

    static IQueryable<Proposal> Within(IQueryable<Proposal> pairs, PairFilter filter) => filter switch
    {
        PairFilter.WaitingForMentors => pairs.Where(p => p.State == ProposalState.Approved && p.MentorAcceptedAt == null),
        PairFilter.WaitingForMentees => pairs.Where(p => p.State == ProposalState.Approved && p.MentorAcceptedAt != null),
        PairFilter.Active => pairs.Where(p => p.State == ProposalState.Active),
        PairFilter.Declined => pairs.Where(p => p.State == ProposalState.Declined),
        PairFilter.Expired => pairs.Where(p => p.State == ProposalState.Expired),
        PairFilter.Withdrawn => pairs.Where(p => p.State == ProposalState.Withdrawn),
        _ => pairs.Where(p => p.State == ProposalState.Finished || p.State == ProposalState.Ended),
    };
}

/// <summary>Words a pair for staff.</summary>
/// <param name="follower">The mentor who was asked instead; null where nobody was.</param>
sealed class PairWords(Proposal pair, string mentee, string mentor, string? follower, DateTimeOffset now, TimeZoneInfo zone)
{
    public string State => pair.State switch
    {
        ProposalState.Active => "Active",
        ProposalState.Declined => "Declined",
        ProposalState.Expired => "Expired",
        ProposalState.Withdrawn => "Withdrawn",
        ProposalState.Finished => "Finished",
        ProposalState.Ended => "Ended",
        _ when IsHeld => "Held",
        _ when pair.AskedAt is null => "Not sent",
        _ when pair.AskedAt > now => "Not sent yet",
        _ => $"Waiting for {(pair.Asks == Side.Mentor ? mentor : mentee)}",
    };

    /// <summary>A conflict of interest holds it back.</summary>
    public bool IsHeld => pair is { State: ProposalState.Approved, HeldAt: not null };

    public Tone Tone => pair.State switch { ProposalState.Active or ProposalState.Finished => Tone.Good, ProposalState.Approved => IsHeld ? Tone.Problem : Tone.Information, ProposalState.Declined or ProposalState.Expired => Tone.Attention, _ => Tone.Neutral };

    public string More => pair.State switch
    {
        ProposalState.Active => $"Both accepted, {Said(pair.DecidedAt)}.",
        ProposalState.Declined => $"By {(pair.DeclinedBy == Side.Mentee ? mentee : mentor)} {Said(pair.DecidedAt)}: “{DeclineWords.Of(pair.DeclineReason!.Value, pair.DeclinedBy!.Value)}”{(pair.DeclineWords is { } words ? $", “{words}”" : "")}. {Next}",
        ProposalState.Expired => $"{(pair.MentorAcceptedAt is null ? mentor : mentee)} did not answer by {When.Deadline(pair.ReplyBy!.Value, zone)}. {Next}",
        ProposalState.Withdrawn => $"Withdrawn {Said(pair.DecidedAt)}. Both wait for the next run.",
        ProposalState.Finished or ProposalState.Ended => $"{PairEndWords.Of(pair.EndedBecause!.Value)} {Said(pair.DecidedAt)}. {(pair.State == ProposalState.Ended ? Next : "")}".TrimEnd(),
        _ when IsHeld => $"Held back {Said(pair.HeldAt)}: it would break the rule “{MatchWording.Name(RuleSetting.Defaults.First(rule => rule.Rule == pair.HeldFor))}”, which it did not when it was approved. Nobody can accept it, and its time doesn’t run. Withdraw it, or sign a waiver.",
        _ when pair.AskedAt is null => "Nobody is asked. The pair was approved before sellers were asked, or its program is about the past.",
        _ when pair.AskedAt > now => $"{Origin}{mentor} is asked {Said(pair.AskedAt)}, unless it is undone.",
        _ => $"{Origin}Reply by {When.Deadline(pair.ReplyBy!.Value, zone)}.{(pair.RemindedAt is { } reminded ? $" Reminded {Said(reminded)}." : "")}",
    };

    string Origin => pair.InPlaceOf is null ? "" : pair.MenteeAskedAt <= pair.AskedAt ? $"{mentee} chose {mentor} after an earlier pair. " : "The next best after an earlier pair. ";

    /// <summary>What became of the mentee of a pair that ended.</summary>
    string Next => pair.WantsFollowUp ? $"The next best for {mentee} is being looked for." : follower is { } offered ? $"{offered} was asked instead." : $"{mentee} waits for the next run.";

    /// <summary>Whether one side was told, and when.</summary>
    /// <param name="canSignIn">Somebody has an account for the shop by now.</param>
    public string Told(Side side, IReadOnlyDictionary<Guid, MailFate> fates, bool canSignIn)
    {
        if (pair.AskedOf(side) is null) return side == Side.Mentee && pair.Asks == Side.Mentor ? $"Told when {mentor} accepts" : "Not told";
        if (pair.MailsTo(side) is not [_, ..] mails)
            return pair.HasAnswered(side) ? "Answered on their page, without a mail" : canSignIn ? "Could not be told by mail; it stands on their start page" : "Not told: no address";
        // What was taken back before anybody sent it is not there any more, and so is what an administrator cleared away.
        return mails.Select(id => fates.GetValueOrDefault(id)).FirstOrDefault(fate => fate is not null) switch
        {
            null => pair.State is ProposalState.Approved or ProposalState.Active ? "Not known whether they were told" : "Not told by mail: it ended before",
            { WentNowhere: true } fate => $"Written {Said(fate.SentAt)}, and no mail server is set",
            { State: MailState.Sent } fate => $"Told {Said(fate.SentAt)}",
            { State: MailState.Waiting } fate => fate.DueAt > now ? $"Told {Said(fate.DueAt)}, if the mail server takes it" : "The mail is on its way",
            { State: MailState.Refused or MailState.GaveUp } => "Not told: the mail was not taken",
            _ => "Not told",
        };
    }

    string Said(DateTimeOffset? at) => When.Said(at!.Value, now, zone);
}

/// <summary>The words for why a pair that stood came to its end.</summary>
public static class PairEndWords
{
    public static string Of(PairEnd because) => because switch
    {
        PairEnd.Finished => "Finished",
        PairEnd.Switched => "One of them asked for somebody else",
        PairEnd.MentorLeft => "The mentor could not go on",
        _ => "The mentee did not go on",
    };
}
