using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Experiments;
using Guildhall.Modules.Programs;
using Guildhall.Platform.Database;

namespace Guildhall.Modules.Pairing;

/// <summary>Who waits for which places, as a run would have it now: lots are drawn for that.</summary>
sealed class RoundOfMatching(GuildhallDb db, MatchPool pool, CurrentRules rules, EnrollmentLookup enrollment) : IKnowRounds
{
    public async Task<Round> Of(ProgramFacts program, bool holds, CancellationToken stop)
    {
        if (holds) await db.LockPairs(stop);
        var people = await pool.Of(program, stop);
        // Who has a mentor already, in another program, waits for no place.
        var settings = (await rules.Of(program, stop)).Settings;
        var waiting = people.Mentees.Where(mentee => RunWords.WithMentor(settings, [mentee]) == 0).Select(mentee => mentee.Id).ToHashSet();
        var tiers = program.Design.Tiers;
        return new Round(
            [.. (await enrollment.Of(program.Id, stop)).Where(person => person.AsMentee is { } mentee && waiting.Contains(mentee.Id))
                .Select(person => new WaitingMentee(person.Id, person.SellerId, person.AsMentee!.Tier is { } said && program.Design.PriorityOf(said) is { } priority ? tiers[tiers.Count - 1 - priority].Name : null))],
            people.OpenPlaces);
    }
}
