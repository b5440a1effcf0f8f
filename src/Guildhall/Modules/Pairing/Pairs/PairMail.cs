using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>What the two sides of a pair are told by mail: that they are asked, that time runs out, that the other is no longer free, that both have accepted. Stored with what it tells of.</summary>
sealed class PairMail(Outbox outbox, AccountLookup accounts, SellerLookup sellers, PairPeople people, EnrollmentLookup enrollment, MarketplaceZone zones)
{
    public static readonly MailKind Kind = new("match", "Who you are matched with", IsTransactional: true) { For = Readers.Mentees | Readers.Mentors };

    /// <summary>Asks the mentors of pairs at one moment, by mail where somebody can be reached. Until then the mails can be taken back.</summary>
    public async Task AskMentors(ProgramFacts program, IReadOnlyCollection<Proposal> proposals, DateTimeOffset at, CancellationToken stop)
    {
        var named = await people.Of([.. proposals.SelectMany(pair => new[] { pair.MenteeId, pair.MentorId }).Distinct()], stop);
        var addresses = await AddressesOf([.. proposals.Select(pair => named[pair.MentorId].SellerId).Distinct()], stop);
        var zoneOf = await ZonesOf([.. proposals.Select(pair => pair.MentorId).Distinct()], stop);
        foreach (var pair in proposals)
        {
            var (mentee, mentor) = (named[pair.MenteeId], named[pair.MentorId]);
            pair.AskMentor(at, Tell(addresses[mentor.SellerId], new(pair.MenteeId, mentee.Person), $"{mentee.Person} asks for a mentor", new Link($"See {mentee.FirstName}’s request", MatchPaths.Of(Side.Mentor, pair.Id)), at,
                $"In {program.Name}, {program.Cohort} we suggest {mentee.Person} of {mentee.Shop} as your mentee.", "The page says why, what they asked for and how much time it takes. You decide, and can take a break or change your places there too.",
                $"You have until {When.Deadline(at + Proposal.ReplyTime, zoneOf(pair.MentorId))}. {(pair.MenteeAcceptedAt is null ? $"{mentee.FirstName} hears of it when you accept." : $"{mentee.FirstName} asked for you, and it begins when you accept.")}"));
        }
    }

    /// <summary>Asks the mentee of a pair that the mentor has accepted.</summary>
    public async Task AskMentee(ProgramFacts program, Proposal pair, DateTimeOffset now, CancellationToken stop)
    {
        var (_, mentor, addresses) = await Reach(pair, Side.Mentee, stop);
        var zoneOf = await ZonesOf([pair.MenteeId], stop);
        pair.AskMentee(now, Tell(addresses, new(pair.MentorId, mentor.Person), $"Meet {mentor.Person}", new Link($"Meet {mentor.FirstName}", MatchPaths.Of(Side.Mentee, pair.Id)), null,
            $"We found a mentor for you in {program.Name}, {program.Cohort}: {mentor.Person} of {mentor.Shop}. {mentor.FirstName} has accepted.", "The page says why the two of you, and what to know first. You decide.",
            $"You have until {When.Deadline(now + Proposal.ReplyTime, zoneOf(pair.MenteeId))}."));
    }

    /// <summary>Reminds the one who is asked that the time runs out.</summary>
    public async Task Remind(Proposal pair, Side side, CancellationToken stop)
    {
        var (_, other, addresses) = await Reach(pair, side, stop);
        var by = When.Deadline(pair.ReplyBy!.Value, (await ZonesOf([pair.Of(side)], stop))(pair.Of(side)));
        if (side == Side.Mentor)
            Tell(addresses, new(pair.Of(side.Other()), other.Person), $"{other.Person} still waits for your answer", new Link($"See {other.FirstName}’s request", MatchPaths.Of(side, pair.Id)), null,
                $"{other.Person} of {other.Shop} asks for a mentor, and you have until {by} to answer. After that we ask somebody else.", "No time? Declining takes a moment, and you can take a break on the same page.");
        else
            Tell(addresses, new(pair.Of(side.Other()), other.Person), $"{other.Person} still waits for your answer", new Link($"Meet {other.FirstName}", MatchPaths.Of(side, pair.Id)), null,
                $"{other.Person} of {other.Shop} would be your mentor, and you have until {by} to answer. After that the place goes to somebody else.");
    }

    /// <summary>Tells a mentor who let requests pass that they are not asked any more, and how to be asked again.</summary>
    public async Task StoppedAsking(Proposal pair, CancellationToken stop)
    {
        var (_, _, addresses) = await Reach(pair, Side.Mentor, stop);
        Tell(addresses, null, "We stopped sending you requests", new Link("Take new mentees again", "/mentor"), null,
            "Your last two requests went by without an answer, so new mentees are not proposed to you for now. Your mentees stay yours.", "When you have time again, turn on “Open to new mentees” on your start page.");
    }

    /// <summary>Tells the side that had accepted first that the other has too.</summary>
    /// <param name="first">The side that waited.</param>
    public async Task BothAccepted(Proposal pair, Side first, CancellationToken stop)
    {
        var (to, other, addresses) = await Reach(pair, first, stop);
        Tell(addresses, new(pair.Of(first.Other()), other.Person), $"{other.Person} has accepted", new Link("See what comes next", MatchPaths.Of(first, pair.Id)), null, $"{other.Person} of {other.Shop} has accepted too, {to.FirstName}. You are a pair now.");
    }

    /// <summary>Tells a side that the other is no longer free. Mails of the pair that nobody sent yet are taken back, and who heard nothing of it hears nothing of its end.</summary>
    public async Task Ended(Proposal pair, Side to, CancellationToken stop)
    {
        var asked = pair.MailsTo(to);
        var unsent = await outbox.TakeBack(asked, stop);
        if (pair.AskedOf(to) is null || (unsent == asked.Count && pair.AcceptedAt(to) is null)) return;
        var (_, other, addresses) = await Reach(pair, to, stop);
        var silent = pair.State == ProposalState.Expired;
        Tell(addresses, new(pair.Of(to.Other()), other.Person), silent ? $"{other.Person} did not answer in time" : $"{other.Person} is no longer free", new Link("Go to your start page", MatchPaths.Home(to)), null,
            silent ? $"{other.Person} of {other.Shop} did not answer in time, so the two of you are not a pair." : $"{other.Person} of {other.Shop} is no longer free. It is nothing that you did.",
            to == Side.Mentee ? "We are finding someone else for you, and tell you who it is and why." : "Your place is free again, and we suggest somebody else to you.");
    }

    /// <summary>Takes back what one side was to be told of a pair, where nobody sent it yet.</summary>
    /// <returns>How many that were.</returns>
    public Task<int> TakeBack(Proposal pair, Side side, CancellationToken stop) => outbox.TakeBack(pair.MailsTo(side), stop);

    async Task<(PairPerson To, PairPerson Other, IEnumerable<string> Addresses)> Reach(Proposal pair, Side to, CancellationToken stop)
    {
        var named = await people.Of([pair.MenteeId, pair.MentorId], stop);
        var (own, other) = (named[pair.Of(to)], named[pair.Of(to.Other())]);
        return (own, other, (await AddressesOf([own.SellerId], stop))[own.SellerId]);
    }

    /// <summary>The zones that people of pairs gave, by participant id; the marketplace's for who gave none.</summary>
    async Task<Func<Guid, TimeZoneInfo>> ZonesOf(IReadOnlyCollection<Guid> participantIds, CancellationToken stop)
    {
        var (given, usual) = (await enrollment.WeeksOf(participantIds, stop), await zones.Of(stop));
        return id => When.ZoneOr(given.GetValueOrDefault(id)?.TimeZone, usual);
    }

    /// <summary>Of some shops those without any address: nobody there can be told by mail.</summary>
    public async Task<IReadOnlySet<Guid>> WithoutAddress(IReadOnlyCollection<Guid> sellerIds, CancellationToken stop)
    {
        var known = await AddressesOf(sellerIds, stop);
        return sellerIds.Where(id => !known.Contains(id)).ToHashSet();
    }

    /// <summary>Everybody who can sign in for a shop; where nobody can yet, the address that the marketplace keeps of its owner, who signs in by it.</summary>
    async Task<ILookup<Guid, string>> AddressesOf(IReadOnlyCollection<Guid> sellerIds, CancellationToken stop)
    {
        var known = await accounts.AddressesOf(sellerIds, stop);
        var owners = await sellers.OwnersAddresses([.. sellerIds.Where(id => !known.Contains(id))], stop);
        return known.SelectMany(shop => shop.Select(address => (shop.Key, Address: address))).Concat(owners.Select(owner => (owner.Key, Address: owner.Value))).ToLookup(one => one.Key, one => one.Address);
    }

    List<Guid> Tell(IEnumerable<string> addresses, NamedPerson? about, string subject, Link action, DateTimeOffset? notBefore, params string[] paragraphs) =>
        [.. addresses.Select(address => outbox.Add(new Mail(Kind, address, subject, paragraphs, action) { About = about }, notBefore)).ToList()];
}

/// <summary>The addresses of a pair's pages on each side.</summary>
static class MatchPaths
{
    public static string Home(Side side) => side == Side.Mentee ? "/me" : "/mentor";

    public static string Root(Side side) => side == Side.Mentee ? "/me/match" : "/mentor/requests";

    public static string Of(Side side, Guid id) => $"{Root(side)}/{id}";
}
