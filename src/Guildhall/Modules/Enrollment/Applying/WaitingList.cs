using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>A place on the waiting list, and how long it may take.</summary>
/// <param name="Position">On the list: 1 is next.</param>
/// <param name="Weeks">From and to until a mentor has a place; null where nobody can say, because no mentor is active.</param>
public sealed record WaitingPlace(int Position, (int From, int To)? Weeks)
{
    /// <summary>As the applicant reads it.</summary>
    public string Words => Weeks switch
    {
        null => $"You are number {Number} on the waiting list. How long it takes is not known: no mentor is open to new mentees at the moment.",
        (0, 0) => $"You are number {Number} on the waiting list. A mentor has a place at the moment: when the program’s team takes you in, you hear from us, and are in the next matching.",
        ({ } from, { } to) => $"You are number {Number} on the waiting list. It takes between {from} and {to} weeks until a mentor has a place for you, by the mentors who are active now. You hear from us when the program’s team takes you in.",
    };

    /// <summary>The same, as who decides reads it.</summary>
    public string WordsForStaff => Weeks switch
    {
        null => $"Number {Number} on the waiting list. No mentor is open to new mentees at the moment.",
        (0, 0) => $"Number {Number} on the waiting list, and a mentor has a place. Accepted, they are in the next matching.",
        ({ } from, { } to) => $"Number {Number} on the waiting list. It takes between {from} and {to} weeks until a mentor has a place, by the mentors who are active now.",
    };

    string Number => Position.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>
    /// A place is free again at the earliest after the trial, when a pair may part, and at the latest when the program's weeks are over; every active place takes
    /// part in each such turn. docs/methods/waiting-time.md works an example.
    /// </summary>
    /// <param name="inside">Who takes part and has no mentor yet: they come before everybody on the list.</param>
    /// <param name="free">Places of active mentors that nobody holds.</param>
    /// <param name="held">Places of active mentors that somebody holds.</param>
    public static WaitingPlace Estimate(int position, int inside, int free, int held, int trialWeeks, int lengthWeeks)
    {
        var turn = position + inside;
        if (free + held == 0) return new(position, null);
        if (turn <= free) return new(position, (0, 0));
        var turns = (turn - free + free + held - 1) / (free + held);
        return new(position, (((turns - 1) * lengthWeeks) + trialWeeks, turns * lengthWeeks));
    }
}

/// <summary>The waiting list of a program: first sent, first in line.</summary>
sealed class WaitingList(GuildhallDb db, IEnumerable<IHoldParticipants> holders)
{
    /// <summary>Where an application stands; null for one that doesn't wait.</summary>
    public async Task<WaitingPlace?> PlaceOf(ProgramFacts program, Application application, CancellationToken stop)
    {
        if (application is not { State: ApplicationState.Waiting, Side: Side.Mentee }) return null;
        var ahead = await db.Set<Application>().CountAsync(a => a.ProgramId == program.Id && a.Side == Side.Mentee && a.State == ApplicationState.Waiting
            && (a.SentAt < application.SentAt || (a.SentAt == application.SentAt && a.Id.CompareTo(application.Id) < 0)), stop);
        var (free, held, waitingInside) = await Places(program, stop);
        return WaitingPlace.Estimate(ahead + 1, waitingInside, free, held, program.Design.Structure.TrialWeeks, program.Design.Structure.LengthWeeks);
    }

    /// <summary>Places of the mentors who are open to new mentees, free and held, and the participants who wait for one before anybody on the list.</summary>
    async Task<(int Free, int Held, int WaitingInside)> Places(ProgramFacts program, CancellationToken stop)
    {
        var people = await db.Set<Participant>().AsNoTracking().Where(p => p.ProgramId == program.Id).ToListAsync(stop);
        var withMentor = new HashSet<Guid>();
        foreach (var holder in holders) withMentor.UnionWith((await holder.Held(program.Id, stop)).WithMentor);
        var places = people.Where(p => p.AsMentor is { IsOpenToNew: true }).Sum(p => p.AsMentor!.Capacity);
        var held = Math.Min(places, withMentor.Count);
        return (places - held, held, people.Count(p => p.AsMentee is not null && !withMentor.Contains(p.Id)));
    }
}
