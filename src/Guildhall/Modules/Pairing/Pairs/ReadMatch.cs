using System.Globalization;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;
using static Guildhall.Modules.Pairing.Phrases;

namespace Guildhall.Modules.Pairing;

/// <summary>Reads a pair for one of the two in it, with the reasons that its run stored. Somebody else's pair is none.</summary>
sealed class ReadMatch(GuildhallDb db, ProgramLookup programs, EnrollmentLookup enrollment, SaidToMentors said, SellerLookup sellers, PairPeople people, OpenMatches matches, OwnClock clocks, TimeProvider clock)
{
    const int CategoriesShown = 3;

    public async Task<MatchView?> Of(Guid id, Side side, ShopActor shop, CancellationToken stop)
    {
        var sellerId = shop.SellerId;
        var now = clock.GetUtcNow();
        if (await db.Set<Proposal>().AsNoTracking().SeenFrom(side, now).SingleOrDefaultAsync(p => p.Id == id, stop) is not { } pair) return null;
        var named = await people.Of([pair.MenteeId, pair.MentorId], stop);
        var (own, other) = (named[pair.Of(side)], named[pair.Of(side.Other())]);
        if (own.SellerId != sellerId || await programs.ById(pair.ProgramId, stop) is not { } program) return null;

        var standing = StandingOf(pair, side, now);
        var match = (await matches.Open(pair.RunId, stop))!;
        var (mentee, mentor) = (named[pair.MenteeId], named[pair.MentorId]);
        var (menteeName, mentorName) = CalledApart.Of(mentee, mentor);
        var profiles = new Profiles(match.Input.Mentees.FirstOrDefault(one => one.Id == mentee.ExternalId), match.Input.Mentors.FirstOrDefault(one => one.Id == mentor.ExternalId));
        var zone = await clocks.Of(shop, stop);
        var view = new MatchView(
            pair.Id, side, standing, MatchPaths.Of(side, pair.Id), $"{program.Name}, {program.Cohort}", program.Slug, other.Person, other.FirstName, other.Shop,
            When.Deadline(pair.ReplyBy!.Value, zone), Told(standing, side, other.FirstName, pair, program, zone), program.Design.Structure.TrialWeeks, [], [], null, [], [], null)
        { OwnId = pair.Of(side) };
        if (!view.IsShown) return view;

        // A mentee who chose another than the best one has the reasons that the same run gives for their choice.
        var score = match.Run.Pairs.FirstOrDefault(one => one.MenteeId == mentee.ExternalId && one.MentorId == mentor.ExternalId)?.Score
            ?? (profiles is { Mentee: not null, Mentor: not null } ? match.Prepared.Explain(mentee.ExternalId, mentor.ExternalId) : null);
        var signedUp = (await sellers.Facts([other.SellerId], stop)).GetValueOrDefault(other.SellerId)?.SignedUpOn;
        return view with
        {
            Facts = side == Side.Mentee ? AboutMentor(profiles, other, signedUp, score) : await AboutMentee(profiles, other, signedUp, score, pair, program, sellerId, stop),
            Reasons = score is null ? [] : SellerReasons.Of(score, menteeName, mentorName),
            ToKnow = score is null ? null : SellerReasons.ToKnow(score, match.Run.Settings, menteeName, mentorName, DeclaredWords.Of(profiles.Mentee, profiles.Mentor, menteeName, mentorName)),
            Interests = await enrollment.InterestsOf(other.SellerId, stop),
            Said = side == Side.Mentor ? await said.Of(pair.MenteeId, stop) : [],
            Competes = side == Side.Mentor
                ? CompetitorCheck.Words([.. (await enrollment.InterestsOf(sellerId, stop)).Where(one => one.Kind == InterestKind.CompetingCategory).Select(one => one.What)], profiles.Mentee?.Categories, other.FirstName)
                : null,
            Places = side == Side.Mentor ? await enrollment.OwnPlaces(pair.MentorId, stop) : null,
        };
    }

    sealed record Profiles(MenteeProfile? Mentee, MentorProfile? Mentor);

    static Standing StandingOf(Proposal pair, Side side, DateTimeOffset now) => pair.State switch
    {
        ProposalState.Active => Standing.Active,
        ProposalState.Finished or ProposalState.Ended => Standing.Over,
        ProposalState.Declined => pair.DeclinedBy == side ? Standing.DeclinedByThem : Standing.DeclinedByOther,
        ProposalState.Withdrawn => Standing.Withdrawn,
        ProposalState.Approved when pair.HeldAt is not null => Standing.Held,
        ProposalState.Approved when pair.IsOpen(now) => pair.AcceptedAt(side) is null ? Standing.Open : Standing.Accepted,
        // Over, whether it was released already or is about to be.
        _ => pair.AcceptedAt(side) is null ? Standing.Missed : Standing.OtherMissed,
    };

    static string Told(Standing standing, Side side, string other, Proposal pair, ProgramFacts program, TimeZoneInfo zone)
    {
        var next = side == Side.Mentee ? "We are finding someone else." : "Your place is free again.";
        return standing switch
        {
            Standing.Open => side == Side.Mentee ? $"{other} has accepted. It is for you to decide."
                : pair.MenteeAcceptedAt is not null ? $"{other} asked for you. It begins when you accept." : $"{other} hears of it when you accept, and decides then.",
            Standing.Accepted => side == Side.Mentee ? $"You chose {other}. We wait for the answer, until {When.Deadline(pair.ReplyBy!.Value, zone)}." : $"You accepted. We wait for {other}, until {When.Deadline(pair.ReplyBy!.Value, zone)}.",
            Standing.Held => "The program’s team looks at this pair first, because something was declared that could stand between you. You hear from us, and need do nothing.",
            Standing.Over => $"The two of you were a pair until {When.Day(pair.DecidedAt!.Value, zone)}.",
            Standing.Active => $"You have both accepted: {other} is your {(side == Side.Mentee ? "mentor" : "mentee")} since {When.Day(pair.DecidedAt!.Value, zone)}. {Next(program, zone)}",
            Standing.DeclinedByThem => $"You declined on {When.Day(pair.DecidedAt!.Value, zone)}. {other} hears only that you are no longer free. {next}",
            Standing.DeclinedByOther => $"{other} is no longer free. {next}",
            Standing.Withdrawn => $"The program’s team took this pair back on {When.Day(pair.DecidedAt!.Value, zone)}. {next}",
            Standing.Missed => $"The time to answer ended on {When.Day(pair.ReplyBy!.Value, zone)}. {next}",
            Standing.OtherMissed => $"{other} did not answer in time. {next}",
            _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, "No such standing."),
        };
    }

    static string Next(ProgramFacts program, TimeZoneInfo zone)
    {
        var weeks = program.Design.Structure.TrialWeeks;
        var trial = weeks == 0 ? "" : $" The first {(weeks == 1 ? "week is a trial" : $"{Count(weeks)} weeks are a trial")}.";
        var starts = $"The program starts on {program.StartsOn.ToString("d MMMM yyyy", CultureInfo.CurrentCulture)}.";
        return program.Welcome is { } welcome ? $"{starts} The welcome session is {When.Deadline(welcome.StartsAt, zone)}.{trial}" : starts + trial;
    }

    static IReadOnlyList<Figure> AboutMentor(Profiles profiles, PairPerson mentor, DateOnly? signedUp, PairScore? score) =>
    [
        new("Shop", mentor.Shop), new("Selling since", Since(signedUp)), new("Sells", Sells(profiles.Mentor)), new("Languages", Languages(profiles.Mentor)),
        new("Shared hours", Hours(score, profiles.Mentee?.TimeZone, "your time")), new("Decides", Lean(profiles.Mentor?.Style, "by numbers first", "by feel", "by numbers and feel")),
        new("Talks", Lean(profiles.Mentor?.Contact, "by call", "in writing", "by call or in writing")),
    ];

    async Task<IReadOnlyList<Figure>> AboutMentee(Profiles profiles, PairPerson mentee, DateOnly? signedUp, PairScore? score, Proposal pair, ProgramFacts program, Guid sellerId, CancellationToken stop)
    {
        var tier = profiles.Mentee?.Tier is { } name ? program.Design.Tiers.FirstOrDefault(one => string.Equals(one.Name.ToString(), name.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)) : null;
        var minutes = tier is null ? program.Design.Structure.TouchpointsAWeek * program.Design.Structure.SessionMinutes : tier.TouchpointsAWeek * tier.SessionMinutes;
        var everywhere = await enrollment.ParticipationsOf(sellerId, Side.Mentor, stop);
        var others = await db.Set<Proposal>().Where(Proposal.HoldsPlaces).CountAsync(p => p.Id != pair.Id && everywhere.Contains(p.MentorId), stop);
        var places = await enrollment.PlacesOf(pair.MentorId, stop);
        return
        [
            new("Shop", mentee.Shop), new("Selling since", Since(signedUp)), new("Sells", Sells(profiles.Mentee)),
            new("Shared hours", Hours(score, profiles.Mentee?.TimeZone, $"time of {mentee.FirstName}")),
            new("Time it takes", minutes == 0 ? "no fixed time" : $"about {Plural(minutes, "minute")} a week"),
            new("Your places", $"{Count(Math.Max(0, places - others - (pair.State == ProposalState.Active ? 1 : 0)))} of {Count(places)} free{(pair.State == ProposalState.Active ? "" : " before this one")}"),
        ];
    }

    static string? Since(DateOnly? signedUp) => signedUp?.ToString("MMMM yyyy", CultureInfo.CurrentCulture);

    static string? Sells(Matching.Participant? shop) =>
        shop?.Categories is { Count: > 0 } sold ? string.Join(", ", sold.OrderByDescending(category => category.Share).Take(CategoriesShown).Select(category => CategoryNames.Of(category.Path))) : null;

    static string? Languages(Matching.Participant? shop) => shop?.Languages is { Count: > 0 } spoken ? string.Join(", ", spoken.Select(skill => LanguageNames.Of(skill.Language))) : null;

    /// <summary>What the matcher found of the hours in common: in the leanest week, on which days of the mentee's zone.</summary>
    static string? Hours(PairScore? score, string? zone, string whose)
    {
        if (score?.Factors.FirstOrDefault(factor => factor.Factor == Factor.Hours) is not { IsKnown: true, Fact: { Kind: FactKind.SharedHours } fact }) return null;
        var days = fact.Words.Select(day => char.ToUpperInvariant(day[0]) + day[1..3]).ToList();
        var place = zone is null || TimeZones.Find(zone) is not { } known ? "" : $" ({whose}, {When.City(known)})";
        return string.Create(CultureInfo.InvariantCulture, $"{fact.Numbers[0]:0.#} a week{(days.Count == 0 ? "" : $", {Listed(days)}")}{place}");
    }

    static string? Lean(double? lean, string high, string low, string between) => lean switch { null => null, >= 1.0 / 3 => high, <= -1.0 / 3 => low, _ => between };
}
