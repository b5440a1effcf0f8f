using System.Globalization;
using Guildhall.Platform;

namespace Guildhall.Modules.Pairing;

/// <summary>Fills the last look before a run is approved.</summary>
sealed class SendScreen(ReadStudio read)
{
    public async Task<Result<SendView>> Of(string program, int number, CancellationToken stop)
    {
        if (!(await read.Open(program, number, stop)).Succeeded(out var view, out var refusal)) return refusal;
        if (view is null) return Refusal.NotFound("run");
        var (run, names, leftOut) = (view.Match.Run, view.Names, view.Row.LeftOut);
        var chosen = run.Pairs.Where(pair => !leftOut.Contains(pair.MenteeId)).ToList();
        var studio = $"/manage/{program}/matching/{number.ToString(CultureInfo.InvariantCulture)}";

        return new SendView(
            view.Program.Cohort, $"/manage/{program}", number, chosen.Count, chosen.DistinctBy(pair => pair.MentorId).Count(),
            [.. chosen.GroupBy(pair => pair.MentorId).OrderBy(mentor => names[mentor.Key].Person, StringComparer.CurrentCultureIgnoreCase).Select(mentor => new SendGroup(
                names[mentor.Key].Person, names[mentor.Key].Shop,
                [.. mentor.Select(pair => new SendLine(names[pair.MenteeId].Person, names[pair.MenteeId].Shop, pair.Score.Points))]))],
            [.. run.Pairs.Where(pair => leftOut.Contains(pair.MenteeId)).Select(pair => $"{names[pair.MenteeId].Person} with {names[pair.MentorId].Person}")],
            view.Row.Notes.Length > 0 ? view.Row.Notes : null,
            $"{studio}/approve", view.Row.Seen.ToString(CultureInfo.InvariantCulture), studio,
            [
                "The pairs are stored as proposals of this program.",
                "Nobody is told: sending invitations is not part of this version.",
                "You can undo it for 10 minutes.",
                $"The next run leaves these {Points.Count(chosen.Count, "mentee", "mentees")} and their mentors' places out.",
            ]);
    }
}
