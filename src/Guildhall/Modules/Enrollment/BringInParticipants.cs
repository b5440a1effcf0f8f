using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Brings people into a program by file, their baselines frozen: all of them, or none with the reasons.</summary>
sealed class BringInParticipants(GuildhallDb db, ProgramLookup programs, SellerLookup sellers, FreezeBaselines freeze, TimeProvider clock)
{
    /// <summary>What a file changed.</summary>
    /// <param name="Problems">Why nothing was changed; none when it was.</param>
    /// <param name="TooLongAgo">Mentees of the file who signed up longer ago than the program asks.</param>
    public sealed record Outcome(int Added, int Updated, int TooLongAgo, FileProblems Problems);

    /// <summary>What to say of such mentees; nothing where there are none.</summary>
    public static string Told(int tooLongAgo) => tooLongAgo == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {tooLongAgo:N0} of them signed up longer ago than the program asks and {(tooLongAgo == 1 ? "is" : "are")} marked");

    /// <param name="fileName">Its ending says whether the file holds CSV or JSON.</param>
    public async Task<Result<Outcome>> FromFile(string programSlug, Side side, string fileName, Stream content, CancellationToken stop)
    {
        var isJson = ProfileFile.IsJson(fileName);
        if (side == Side.Mentee)
        {
            return ProfileFile.ReadMentees(content, isJson).Succeeded(out var mentees, out var refusal)
                ? await Run(
                    programSlug, mentees,
                    (program, seller, entry) => Participant.Mentee(program, seller, entry.Profile, entry.PersonName, ProfileOrigin.Stated, clock.GetUtcNow()),
                    known => known.AsMentee, (known, entry, origin) => known.Change(entry.Profile, entry.PersonName, origin), stop)
                : refusal;
        }

        return ProfileFile.ReadMentors(content, isJson).Succeeded(out var mentors, out var refused)
            ? await Run(
                programSlug, mentors,
                (program, seller, entry) => Participant.Mentor(program, seller, entry.Profile, entry.PersonName, ProfileOrigin.Stated, clock.GetUtcNow()),
                known => known.AsMentor, (known, entry, origin) => known.Change(entry.Profile, entry.PersonName, origin), stop)
            : refused;
    }

    async Task<Result<Outcome>> Run<T>(
        string programSlug, ProfileFileContent<T> file, Func<Guid, Guid, ProfileEntry<T>, Result<Participant>> enroll,
        Func<Participant, T?> profileOf, Func<Participant, ProfileEntry<T>, ProfileOrigin, Result<Participant>> change, CancellationToken stop)
        where T : Matching.Participant
    {
        if (await programs.BySlug(programSlug, stop) is not { } program) return Refusal.NotFound("program");
        var (people, problems) = file;
        if (people.Count == 0 && problems.Total == 0) return Refusal.Invalid("empty_file", "The file holds nobody. Nothing was changed. It needs a header row and a row for each person.");

        var ids = await sellers.IdsOf([.. people.Select(entry => entry.Profile.Id).Distinct()], stop);
        var shops = await sellers.Facts([.. ids.Values], stop);
        var here = await db.Set<Participant>().Where(p => p.ProgramId == program.Id).ToDictionaryAsync(p => p.SellerId, stop);
        var (seen, joined, updated, tooLongAgo) = (new Dictionary<string, long>(), new List<Participant>(), 0, 0);
        foreach (var person in people)
        {
            if (!seen.TryAdd(person.Profile.Id, person.Line))
            {
                problems.Add(person.Line, $"{person.Profile.Id} stands on line {seen[person.Profile.Id]} too.");
                continue;
            }

            foreach (var (column, message) in UnknownWords.Of(person.Profile, program.Design)) problems.Add(person.Line, message, column);

            if (!ids.TryGetValue(person.Profile.Id, out var sellerId))
            {
                problems.Add(person.Line, $"There is no seller {person.Profile.Id}. Import sellers first.");
                continue;
            }

            var isHere = here.TryGetValue(sellerId, out var known);
            var before = isHere ? profileOf(known!) : null;
            var shop = shops.GetValueOrDefault(sellerId);
            var entry = person with { Profile = (before is null ? person.Profile : person.Over(before)).OrAsTheShop(shop) };
            // What a rule gave and the file leaves alone doesn't become their own words.
            var origin = before is not null && ParticipantForm.SaysTheSame(before, entry.Profile) ? known!.Origin : ProfileOrigin.Stated;
            var outcome = isHere ? change(known!, entry, origin) : enroll(program.Id, sellerId, entry);
            if (!outcome.Succeeded(out var participant, out var refusal))
            {
                foreach (var problem in refusal.Others.Prepend(refusal)) problems.Add(entry.Line, problem.Message);
                continue;
            }

            if (isHere) updated++;
            else
            {
                db.Add(participant);
                joined.Add(participant);
            }

            if (participant.TooManyDays(program, shop) is not null) tooLongAgo++;
        }

        if (problems.Total > 0)
        {
            db.ChangeTracker.Clear();
            return new Outcome(0, 0, 0, problems);
        }

        if (joined.Count > 0 && !program.TakesPeople) return program.TakesNobody;
        if (await db.SaveParticipants(program.Id, stop, joined.Count > 0 ? programs : null, () => freeze.Of(program, joined, stop)) is var saved and not Saved.Yes)
        {
            return saved == Saved.ClosedMeanwhile ? program.TakesNobody : Refusal.Conflict("changed_meanwhile", "Somebody else changed people of this file at the same moment. Their change is kept and nothing of the file was taken. Look at the list, then send the file again.");
        }

        return new Outcome(joined.Count, updated, tooLongAgo, problems);
    }
}
