using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>What is to change of the places that a mentor has.</summary>
/// <param name="IsOpen">Whether they take new mentees; null leaves it.</param>
/// <param name="Capacity">How many mentees they have at once; null leaves it.</param>
public sealed record PlacesChange(bool? IsOpen = null, int? Capacity = null);

/// <summary>What a mentor’s places were before a change.</summary>
public sealed record PlacesBefore(bool WasOpen, int Capacity);

/// <summary>Changes a mentor’s places together with what another module does for them: a request that is declined with a break, or requests that nobody answered.</summary>
public sealed class MentorPlaces(GuildhallDb db)
{
    /// <summary>Joins the transaction that is open; the caller saves. The row is held until it ends, so that nothing else changes it meanwhile.</summary>
    public async Task<Result<PlacesBefore>> Change(Guid mentorId, PlacesChange change, CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM enrollment.participant WHERE id = {mentorId} FOR UPDATE", stop);
        if (await db.Set<Participant>().SingleOrDefaultAsync(p => p.Id == mentorId && p.Side == Side.Mentor, stop) is not { AsMentor: { } said } mentor) return Refusal.NotFound("mentor");
        var changed = mentor.Change(said with { IsOpenToNew = change.IsOpen ?? said.IsOpenToNew, Capacity = change.Capacity ?? said.Capacity }, null, mentor.Origin);
        return changed.Refusal is { } refusal ? refusal : new PlacesBefore(said.IsOpenToNew, said.Capacity);
    }

    /// <summary>How many mentees somebody typed that they have at once; null where it is no number that can be kept.</summary>
    public static int? Typed(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var places) && places <= Participant.CapacityLimit ? places : null;

    public static string Limit { get; } = $"Enter a whole number of mentees from 0 to {Participant.CapacityLimit}.";
}
