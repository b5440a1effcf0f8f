using System.Globalization;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Experiments;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Everybody a run may pair: what participants said, with what the figures know, as of one day.</summary>
/// <param name="AsOf">The last day whose figures were used; null when there are none yet.</param>
/// <param name="Notes">What a reader of the run must know, such as traits that were assumed; empty when nothing.</param>
/// <param name="Ended">Pairs of them that one side declined, or let pass although they were asked: these are not proposed again.</param>
sealed record MatchPeople(IReadOnlyList<MenteeProfile> Mentees, IReadOnlyList<MentorProfile> Mentors, DateOnly? AsOf, string Notes, IReadOnlyList<EndedPair> Ended)
{
    /// <summary>Who waits because lots were drawn, and so is not among the mentees; null where no draw holds.</summary>
    public WaitingByLot? ByLot { get; init; }

    public int OpenPlaces => Mentors.Where(mentor => mentor.IsOpenToNew).Sum(mentor => mentor.Capacity);

    public bool HasMentee(string id) => mentees.Contains(id);

    public bool HasMentor(string id) => mentors.Contains(id);

    /// <summary>The settings without pairs of people who wait no more: a kept pair that was approved has nothing left to keep.</summary>
    public MatchSettings Present(MatchSettings settings) => settings with
    {
        Pins = [.. settings.Pins.Where(pin => HasMentee(pin.MenteeId) && HasMentor(pin.MentorId))],
        Bars = [.. settings.Bars.Where(bar => HasMentee(bar.MenteeId) && HasMentor(bar.MentorId))],
        Waivers = [.. settings.Waivers.Where(waiver => HasMentee(waiver.MenteeId) && HasMentor(waiver.MentorId))],
        EndedPairs = [.. settings.EndedPairs.Union(Ended).Where(pair => HasMentee(pair.MenteeId) && HasMentor(pair.MentorId))],
    };

    readonly HashSet<string> mentees = [.. Mentees.Select(mentee => mentee.Id)];
    readonly HashSet<string> mentors = [.. Mentors.Select(mentor => mentor.Id)];
}

/// <summary>Mentees whom a draw holds out of matching.</summary>
/// <param name="Until">From this day on they are free again.</param>
/// <param name="Mentees">Their ids, as runs carry them.</param>
sealed record WaitingByLot(DateTimeOffset DrawnAt, DateOnly Until, IReadOnlySet<string> Mentees)
{
    public string Day => Until.ToString("d MMM yyyy", CultureInfo.GetCultureInfo("en-US"));
}

/// <summary>Gathers the people of a program for a run. Mentees who stand in an approved proposal wait no more, and their mentors' places and turns are taken. Places belong to the person: those taken by approved pairs of other programs are taken too.</summary>
sealed class MatchPool(GuildhallDb db, EnrollmentLookup enrollment, SellerLookup sellers, OtherPrograms others, KnownFigures known, LotteryLookup lotteries)
{
    /// <param name="asIfWaiting">A mentee who is gathered although they have a mentor; null for none.</param>
    public async Task<MatchPeople> Of(ProgramFacts program, CancellationToken stop, Guid? asIfWaiting = null)
    {
        var (everybody, taken) = (await enrollment.Of(program.Id, stop), await Approved(program, stop));
        var matched = (await db.Set<Proposal>().Where(Proposal.MenteeWaitsNoMore).Where(p => p.ProgramId == program.Id).Select(p => p.MenteeId).ToListAsync(stop)).ToHashSet();
        var draws = await lotteries.Now(program.Id, stop);
        bool IsHeld(EnrolledSeller p) => p.AsMentee is not null && !matched.Contains(p.Id) && draws.Holding?.Holds(p.Id, p.JoinedAt) == true;
        var people = await Gather(program, everybody, p => p.Id == asIfWaiting || !(matched.Contains(p.Id) || IsHeld(p)), taken.CountBy(p => p.Mentor).ToDictionary(), stop);
        return draws.Holding is { } draw ? people with { ByLot = new(draw.DrawnAt, draw.WaitsUntil, everybody.Where(IsHeld).Select(p => p.AsMentee!.Id).ToHashSet()) }
            : draws.First.Count > 0 ? people with { Mentees = FirstInLine(people.Mentees, [.. everybody.Where(p => draws.First.Contains(p.Id) && p.AsMentee is not null).Select(p => p.AsMentee!.Id)]) } : people;
    }

    /// <summary>Who waited by lot and is free again comes before everybody who joined later.</summary>
    static List<MenteeProfile> FirstInLine(IReadOnlyList<MenteeProfile> mentees, HashSet<string> first) =>
        [.. mentees.Select(mentee => first.Contains(mentee.Id) ? mentee with { Priority = AssignmentProblem.PriorityClasses - 1 } : mentee)];

    /// <summary>Some people of a program, as a run would gather them, with the ids that runs carry by participant id.</summary>
    public async Task<(MatchPeople People, IReadOnlyDictionary<Guid, string> Ids)> These(ProgramFacts program, IReadOnlyCollection<Guid> participantIds, CancellationToken stop)
    {
        var these = await enrollment.Of(program.Id, stop, participantIds);
        return (await Gather(program, these, _ => true, [], stop), these.ToDictionary(p => p.Id, p => p.AsMentee?.Id ?? p.AsMentor!.Id));
    }

    /// <summary>The mentees of approved pairs, mentors with all their places, and who has whom.</summary>
    public async Task<(MatchPeople People, IReadOnlyList<Pin> Pairs)> Running(ProgramFacts program, CancellationToken stop)
    {
        var (everybody, taken) = (await enrollment.Of(program.Id, stop), await Approved(program, stop));
        var ids = everybody.ToDictionary(p => p.Id, p => p.AsMentee?.Id ?? p.AsMentor!.Id);
        var matched = taken.Select(p => p.Mentee).ToHashSet();
        return (await Gather(program, everybody, p => matched.Contains(p.Id), [], stop), [.. taken.Select(pair => new Pin(ids[pair.Mentee], ids[pair.Mentor]))]);
    }

    async Task<List<(Guid Mentee, Guid Mentor)>> Approved(ProgramFacts program, CancellationToken stop) =>
        [.. (await db.Set<Proposal>().Where(Proposal.HoldsPlaces).Where(p => p.ProgramId == program.Id).Select(p => new { p.MenteeId, p.MentorId }).ToListAsync(stop)).Select(p => (p.MenteeId, p.MentorId))];

    async Task<IReadOnlyList<EndedPair>> Ended(ProgramFacts program, IReadOnlyList<EnrolledSeller> everybody, CancellationToken stop)
    {
        var released = await db.Set<Proposal>().AsNoTracking().Where(p => p.ProgramId == program.Id && (p.State == ProposalState.Declined || p.State == ProposalState.Expired || p.EndedBecause == PairEnd.Switched)).ToListAsync(stop);
        if (released.Count == 0) return [];
        var ids = everybody.ToDictionary(p => p.Id, p => p.AsMentee?.Id ?? p.AsMentor!.Id);
        return [.. released.Where(pair => pair.IsNotRepeated && ids.ContainsKey(pair.MenteeId) && ids.ContainsKey(pair.MentorId)).Select(pair => new EndedPair(ids[pair.MenteeId], ids[pair.MentorId])).Distinct()];
    }

    async Task<MatchPeople> Gather(ProgramFacts program, IReadOnlyList<EnrolledSeller> everybody, Predicate<EnrolledSeller> isMenteeIn, Dictionary<Guid, int> load, CancellationToken stop)
    {
        var elsewhere = await others.But(program.Id, stop);
        var waiting = everybody.Where(p => p.AsMentee is not null && isMenteeIn(p)).ToList();
        var mentors = everybody.Where(p => p.AsMentor is not null).ToList();
        var answers = await Answers([.. mentors.Select(mentor => mentor.Id)], stop);
        var asOf = program.FiguresAsOf ?? await sellers.LastDay(stop);
        var people = waiting.Concat(mentors).ToList();
        // Owners, brands and suppliers of sellers are known before the first of their days is.
        var figures = await known.Figures(sellers, [.. people.Select(p => p.SellerId)], asOf ?? program.StartsOn, stop);
        var pains = asOf is { } last ? await known.Pains(sellers, [.. waiting.Select(p => p.SellerId)], last, stop) : new Dictionary<Guid, IReadOnlyList<Pain>>();
        // Before the marketplace has a currency nobody knows what its minor units are worth, so prices stay as they were said.
        var units = (await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop))?.Currency.MinorUnitsPerUnit;

        return new MatchPeople(
            [.. waiting.Select(p => Fill(Placed(p.AsMentee!, program.Design) with { CurrentMentorId = p.AsMentee!.CurrentMentorId ?? elsewhere.MentorOf(p.SellerId) }, figures.GetValueOrDefault(p.SellerId), pains.GetValueOrDefault(p.SellerId, []), program.Design, units))],
            [.. mentors.Select(p => Fill(After(Answering(p.AsMentor!, answers.GetValueOrDefault(p.Id)), load.GetValueOrDefault(p.Id), elsewhere.PlacesOf(p.SellerId)), figures.GetValueOrDefault(p.SellerId), units))],
            asOf,
            Notes(people), await Ended(program, everybody, stop));
    }

    static string Notes(List<EnrolledSeller> people)
    {
        var assumed = people.Count(p => p.Origin == ProfileOrigin.Assumed);
        return assumed == 0 ? "" : $"Hours, style, contact and unknown languages of {assumed:N0} of {people.Count:N0} people are assumed, to try the program out: they did not say so. Fit scores rest on it.";
    }

    /// <summary>A mentor with so many mentees approved: they hold places, and count in the window and in the row of rotation like those of before. Mentees of other programs hold places alone.</summary>
    static MentorProfile After(MentorProfile said, int approved, int elsewhere) => approved + elsewhere == 0 ? said : said with
    {
        Capacity = Math.Max(0, said.Capacity - approved - elsewhere),
        RecentMentees = approved == 0 ? said.RecentMentees : (said.RecentMentees ?? 0) + approved,
        MenteesSincePause = approved == 0 ? said.MenteesSincePause : (said.MenteesSincePause ?? 0) + approved,
    };

    /// <summary>How many requests mentors were told of that are decided, and how many of these they answered; who had none is left out.</summary>
    async Task<IReadOnlyDictionary<Guid, (int Asked, int Answered)>> Answers(IReadOnlyCollection<Guid> mentorIds, CancellationToken stop)
    {
        var counts = await db.Set<Proposal>().Where(p => mentorIds.Contains(p.MentorId) && (p.MentorAcceptedAt != null || p.DeclinedBy == Side.Mentor || (p.State == ProposalState.Expired && p.MentorMails.Count > 0)))
            .GroupBy(p => p.MentorId).Select(mentor => new { mentor.Key, Asked = mentor.Count(), Answered = mentor.Count(p => p.MentorAcceptedAt != null || p.DeclinedBy == Side.Mentor) }).ToListAsync(stop);
        return counts.ToDictionary(mentor => mentor.Key, mentor => (mentor.Asked, mentor.Answered));
    }

    /// <summary>A mentor who lets requests pass ranks lower, by as much as the weight of answering says.</summary>
    static MentorProfile Answering(MentorProfile said, (int Asked, int Answered) counted) =>
        counted.Asked == 0 ? said : said with { Asked = (said.Asked ?? 0) + counted.Asked, Answered = (said.Answered ?? 0) + counted.Answered };

    /// <summary>Who needs the most help comes first: the order of the program's tiers gives the class where nobody stated one.</summary>
    static MenteeProfile Placed(MenteeProfile said, ProgramDesign design) => said with { Priority = said.Priority ?? (said.Tier is { } tier ? design.PriorityOf(tier) : null) };

    static MenteeProfile Fill(MenteeProfile said, SellerFigures? figures, IReadOnlyList<Pain> pains, ProgramDesign design, long? units) => figures is null ? said : FillShared(said, figures, units) with
    {
        Needs = Needs(said.Needs, pains, design),
    };

    static MentorProfile Fill(MentorProfile said, SellerFigures? figures, long? units) => figures is null ? said : FillShared(said, figures, units) with
    {
        PassedOrdersPerWeek = figures.BestOrdersPerWeek ?? said.PassedOrdersPerWeek,
        OperatorGroup = said.OperatorGroup ?? figures.OperatorGroup,
    };

    /// <summary>Figures are fresher than what a file said of the same thing; what no figure knows stays as it was said.</summary>
    static T FillShared<T>(T said, SellerFigures figures, long? units) where T : Matching.Participant => said with
    {
        Categories = figures.Categories.Count > 0 ? [.. figures.Categories.Select(c => new CategoryShare(c.Path, c.Share))] : said.Categories,
        Listings = figures.Listings ?? said.Listings,
        MedianPrice = (figures.MedianPriceMinorUnits, units) is ({ } price, { } ofPrice) ? (decimal)price / ofPrice : said.MedianPrice,
        PriceBand = (figures.PriceBandMinorUnits, units) is ({ } band, { } ofBand) ? new PriceBand((decimal)band.Low / ofBand, (decimal)band.High / ofBand) : said.PriceBand,
        OrdersPerWeek = figures.OrdersPerWeek ?? said.OrdersPerWeek,
        Region = figures.Region ?? said.Region,
        Channels = said.Channels ?? figures.Channels,
        Brands = said.Brands ?? figures.Brands,
        Suppliers = said.Suppliers ?? figures.Suppliers,
        Owner = said.Owner ?? figures.OperatorGroup,
    };

    /// <summary>What they asked for, and what their figures show against peers, each skill as much as the program's map says; of several on one skill the most pressing counts.</summary>
    static IReadOnlyList<SkillNeed>? Needs(IReadOnlyList<SkillNeed>? said, IReadOnlyList<Pain> pains, ProgramDesign design)
    {
        var needs = (said ?? []).Concat(pains.Where(pain => pain.Severity > 0)
            .SelectMany(pain => design.SkillsAgainst(pain.Kind).Select(entry => new SkillNeed(entry.Skill, Math.Min(1, pain.Severity) * (double)entry.Weight))));
        var merged = needs.GroupBy(need => need.Skill).Select(same => same.MaxBy(need => need.Urgency)!).ToList();
        return merged.Count > 0 ? merged : said;
    }
}
