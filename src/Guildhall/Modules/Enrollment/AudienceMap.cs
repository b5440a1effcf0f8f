using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>One pain: how many have it, of how many it is known, and what helps against it in this program.</summary>
/// <param name="Skills">The skills against it, each with its weight where that is not in full.</param>
public sealed record PainLine(string Name, PainCount Mentees, PainCount NewSellers, string Skills);

/// <summary>One skill: how many mentees say they need it, and how many need it by their figures.</summary>
/// <param name="Strong">Mentors who say they can teach it.</param>
public sealed record SkillLine(string Name, int Said, int ByFigures, int Strong);

/// <summary>What the people of a program need, by the figures and by their own words.</summary>
/// <param name="AsOf">The last day whose figures were used; null when there are none.</param>
/// <param name="SaidNothing">Mentees who did not say what they need.</param>
/// <param name="NewSellers">Sellers of the marketplace who signed up as lately as the program asks of mentees.</param>
/// <param name="Unsaid">Mentors of whom no strength is known.</param>
public sealed record AudienceView(
    string Slug, string Cohort, DateOnly? AsOf, int Mentees, int SaidNothing, int Mentors, int Unsaid, int NewSellers, int MaximumDays, IReadOnlyList<PainLine> Pains, IReadOnlyList<SkillLine> Skills);

/// <summary>Counts pains and needs. As many questions for a thousand people as for one.</summary>
sealed class AudienceMap(GuildhallDb db, SellerLookup sellers)
{
    public async Task<AudienceView> Of(ProgramFacts program, CancellationToken stop)
    {
        var people = await db.Set<Participant>().AsNoTracking().Where(p => p.ProgramId == program.Id).Select(p => new { p.SellerId, p.AsMentee, p.AsMentor }).ToListAsync(stop);
        var (mentees, mentors) = (people.Where(p => p.AsMentee is not null).ToList(), people.Where(p => p.AsMentor is not null).ToList());
        var asOf = program.FiguresAsOf ?? await sellers.LastDay(stop);
        var days = program.Design.Mentees.MaximumDaysSinceSignUp;
        var newcomers = asOf is { } on ? await sellers.SignedUpBetween(on.AddDays(-days), on, stop) : [];
        var ofMentees = asOf is { } day ? await sellers.Tally([.. mentees.Select(p => p.SellerId)], day, stop) : PainTally.Unknown;
        var ofNewcomers = asOf is { } last ? await sellers.Tally(newcomers, last, stop) : PainTally.Unknown;

        // A mentee needs a skill once, whatever number of pains calls for it.
        var byFigures = mentees.SelectMany(p => ofMentees.Of.GetValueOrDefault(p.SellerId, []).SelectMany(pain => program.Design.SkillsAgainst(pain.Kind)).Select(entry => entry.Skill).Distinct()).CountBy(skill => skill).ToDictionary();
        var said = mentees.SelectMany(p => (p.AsMentee!.Needs ?? []).Select(need => need.Skill).Distinct()).CountBy(skill => skill).ToDictionary();
        var strong = mentors.SelectMany(p => (p.AsMentor!.Strengths ?? []).Select(strength => strength.Skill).Distinct()).CountBy(skill => skill).ToDictionary();
        return new AudienceView(
            program.Slug, program.Cohort, asOf, mentees.Count, mentees.Count(p => p.AsMentee!.Needs is null or { Count: 0 }), mentors.Count, mentors.Count(p => p.AsMentor!.Strengths is null or { Count: 0 }), newcomers.Count, days,
            [.. PainRules.Names.Zip(ofMentees.Counts, ofNewcomers.Counts).Select(pain => new PainLine(pain.First.Value, pain.Second, pain.Third, Against(program.Design, pain.First.Key)))],
            [.. Skill.All.Select(skill => new SkillLine(skill.Name, said.GetValueOrDefault(skill.Id), byFigures.GetValueOrDefault(skill.Id), strong.GetValueOrDefault(skill.Id)))]);
    }

    static string Against(ProgramDesign design, string pain) => string.Join(", ", design.SkillsAgainst(pain).OrderByDescending(entry => entry.Weight)
        .Select(entry => $"{Skill.Find(entry.Skill)!.Name}{(entry.Weight == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({entry.Weight:0.##})"))}"));
}
