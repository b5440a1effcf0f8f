using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>What the two sides of a pair are told by mail: that they are asked, that the other is no longer free, that both have accepted. Stored with what it tells of.</summary>
sealed class PairMail(Outbox outbox, AccountLookup accounts, SellerLookup sellers, PairPeople people, MarketplaceZone zones)
{
    public static readonly MailKind Kind = new("match", "Who you are matched with", IsTransactional: true);

    /// <summary>Asks both sides of pairs at one moment, by mail where somebody can be reached. Until then the mails can be taken back.</summary>
    /// <param name="everybody">The people of the program, for their time zones.</param>
    public async Task Ask(ProgramFacts program, IReadOnlyCollection<Proposal> proposals, IReadOnlyCollection<EnrolledSeller> everybody, DateTimeOffset at, CancellationToken stop)
    {
        var named = await people.Of([.. proposals.SelectMany(pair => new[] { pair.MenteeId, pair.MentorId }).Distinct()], stop);
        var addresses = await AddressesOf([.. named.ById.Values.Select(person => person.SellerId).Distinct()], stop);
        var zoneOf = everybody.ToDictionary(person => person.Id, person => person.AsMentee?.TimeZone ?? person.AsMentor?.TimeZone);
        var usual = await zones.Of(stop);
        var until = at + Proposal.ReplyTime;
        foreach (var pair in proposals)
        {
            var (mentee, mentor) = (named[pair.MenteeId], named[pair.MentorId]);
            string By(Guid id) => When.Deadline(until, When.ZoneOr(zoneOf.GetValueOrDefault(id), usual));
            pair.AskBoth(at,
                Tell(addresses[mentee.SellerId], $"Meet {mentor.Person}", new Link($"Meet {mentor.FirstName}", MatchPaths.Of(Side.Mentee, pair.Id)), at,
                    $"We found a mentor for you in {program.Name}, {program.Cohort}: {mentor.Person} of {mentor.Shop}.", "The page says why the two of you, and what to know first. You decide.", $"You have until {By(pair.MenteeId)}. {mentor.FirstName} is asked at the same time, and it begins once you have both accepted."),
                Tell(addresses[mentor.SellerId], $"{mentee.Person} asks for a mentor", new Link($"See {mentee.FirstName}’s request", MatchPaths.Of(Side.Mentor, pair.Id)), at,
                    $"In {program.Name}, {program.Cohort} we suggest {mentee.Person} of {mentee.Shop} as your mentee.", "The page says why, what they asked for and how much time it takes. You decide.", $"You have until {By(pair.MentorId)}. {mentee.FirstName} is asked at the same time, and it begins once you have both accepted."));
        }
    }

    /// <summary>Tells the side that had accepted first that the other has too.</summary>
    /// <param name="first">The side that waited.</param>
    public async Task BothAccepted(Proposal pair, Side first, CancellationToken stop)
    {
        var (to, other, addresses) = await Reach(pair, first, stop);
        Tell(addresses, $"{other.Person} has accepted", new Link("See what comes next", MatchPaths.Of(first, pair.Id)), null, $"{other.Person} of {other.Shop} has accepted too, {to.FirstName}. You are a pair now.");
    }

    /// <summary>Tells a side that the other is no longer free. Mails of the pair that nobody sent yet are taken back, and who heard nothing of it hears nothing of its end.</summary>
    public async Task Ended(Proposal pair, Side to, CancellationToken stop)
    {
        var asked = pair.MailsTo(to);
        var unsent = await outbox.TakeBack(asked, stop);
        if (unsent == asked.Count && pair.AcceptedAt(to) is null) return;
        var (_, other, addresses) = await Reach(pair, to, stop);
        var silent = pair.State == ProposalState.Expired;
        Tell(addresses, silent ? $"{other.Person} did not answer in time" : $"{other.Person} is no longer free", new Link("Go to your start page", MatchPaths.Home(to)), null,
            silent ? $"{other.Person} of {other.Shop} did not answer in time, so the two of you are not a pair." : $"{other.Person} of {other.Shop} is no longer free. It is nothing that you did.",
            to == Side.Mentee ? "We are finding someone else for you, and tell you who it is and why." : "Your place is free again, and we suggest somebody else to you.");
    }

    /// <summary>Takes back what one side was to be told of a pair, where nobody sent it yet.</summary>
    public Task TakeBack(Proposal pair, Side side, CancellationToken stop) => outbox.TakeBack(pair.MailsTo(side), stop);

    async Task<(PairPerson To, PairPerson Other, IEnumerable<string> Addresses)> Reach(Proposal pair, Side to, CancellationToken stop)
    {
        var named = await people.Of([pair.MenteeId, pair.MentorId], stop);
        var (own, other) = (named[pair.Of(to)], named[pair.Of(MatchPaths.Other(to))]);
        return (own, other, (await AddressesOf([own.SellerId], stop))[own.SellerId]);
    }

    /// <summary>Everybody who can sign in for a shop; where nobody can yet, the address that the marketplace keeps of its owner, who signs in by it.</summary>
    async Task<ILookup<Guid, string>> AddressesOf(IReadOnlyCollection<Guid> sellerIds, CancellationToken stop)
    {
        var known = await accounts.AddressesOf(sellerIds, stop);
        var owners = await sellers.OwnersAddresses([.. sellerIds.Where(id => !known.Contains(id))], stop);
        return known.SelectMany(shop => shop.Select(address => (shop.Key, Address: address))).Concat(owners.Select(owner => (owner.Key, Address: owner.Value))).ToLookup(one => one.Key, one => one.Address);
    }

    List<Guid> Tell(IEnumerable<string> addresses, string subject, Link action, DateTimeOffset? notBefore, params string[] paragraphs) =>
        [.. addresses.Select(address => outbox.Add(new Mail(Kind, address, subject, paragraphs, action), notBefore)).ToList()];
}

/// <summary>The addresses of a pair's pages on each side.</summary>
static class MatchPaths
{
    public static string Home(Side side) => side == Side.Mentee ? "/me" : "/mentor";

    public static string Root(Side side) => side == Side.Mentee ? "/me/match" : "/mentor/requests";

    public static string Of(Side side, Guid id) => $"{Root(side)}/{id}";

    public static Side Other(Side side) => side == Side.Mentee ? Side.Mentor : Side.Mentee;
}
