using System.Globalization;
using Guildhall.Matching;
using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>Fills the last look before a run is approved.</summary>
sealed class SendScreen(ReadStudio read, AccountLookup accounts, PairMail mail, TimeProvider clock)
{
    const int UntoldShown = 10;
    const int PairsAPage = 50;
    const int LeftOutShown = 12;

    public async Task<Result<SendView>> Of(string program, int number, int page, CancellationToken stop)
    {
        if (!(await read.Open(program, number, stop)).Succeeded(out var view, out var refusal)) return refusal;
        if (view is null) return Refusal.NotFound("run");
        var (run, names, leftOut) = (view.Match.Run, view.Names, view.Row.LeftOut.ToHashSet());
        var chosen = run.Pairs.Where(pair => !leftOut.Contains(pair.MenteeId))
            .OrderBy(pair => names[pair.MentorId].Person, StringComparer.CurrentCultureIgnoreCase).ThenBy(pair => pair.MentorId, StringComparer.Ordinal).ToList();
        var shown = chosen.Skip((page - 1) * PairsAPage).Take(PairsAPage).ToList();
        var (first, last) = ((page - 1) * PairsAPage + 1, (page - 1) * PairsAPage + shown.Count);
        var studio = $"/manage/{program}/matching/{number.ToString(CultureInfo.InvariantCulture)}";

        return new SendView(
            view.Program.Cohort, $"/manage/{program}", number, chosen.Count, chosen.DistinctBy(pair => pair.MentorId).Count(),
            [.. shown.GroupBy(pair => pair.MentorId).Select(mentor => new SendGroup(
                names[mentor.Key].Person, names[mentor.Key].Shop,
                [.. mentor.Select(pair => new SendLine(names[pair.MenteeId].Person, names[pair.MenteeId].Shop, pair.Score.Points))]))],
            shown.Count == 0 ? "No pairs here" : $"Pairs {Counted.Of(first)} to {Counted.Of(last)} of {Counted.Of(chosen.Count)}",
            page > 1 ? PageHref(page - 1) : null, last < chosen.Count && shown.Count > 0 ? PageHref(page + 1) : null,
            [.. run.Pairs.Where(pair => leftOut.Contains(pair.MenteeId)).Take(LeftOutShown).Select(pair => $"{names[pair.MenteeId].Person} with {names[pair.MentorId].Person}")],
            leftOut.Count, leftOut.Count > LeftOutShown ? $"{new StudioQuery(program, number, Tab: "left-out").Href}#pairs" : null,
            view.Row.Notes.Length > 0 ? view.Row.Notes : null,
            $"{studio}/approve", view.Row.Seen.ToString(CultureInfo.InvariantCulture), studio,
            [
                "You can undo it for 10 minutes. Until then nobody is told.",
                view.Program.FiguresAsOf is not null ? "The program is about the past, so nobody is asked." : "Then the mentor of each pair is asked, by mail where an address is known, and on their start page. They see why, and have 3 days to accept. Once they do, the mentee is asked, who has 3 days too.",
                "A pair stands once both have accepted. Where one declines or stays silent, the next best mentor is asked, and you see it under Pairs.",
                chosen.Count == 1 ? "The next run leaves this mentee and their mentor’s place out." : $"The next run leaves these {Counted.Of(chosen.Count, "mentee", "mentees")} and their mentors’ places out.",
            ],
            await Closed(view, program, chosen, stop))
        { Untold = view.Program.FiguresAsOf is null ? await Untold(view, chosen, stop) : null };

        string PageHref(int wanted) => $"{studio}/send?page={wanted.ToString(CultureInfo.InvariantCulture)}";
    }

    async Task<SendUntold?> Untold(RunInView view, List<MatchedPair> chosen, CancellationToken stop)
    {
        List<Named> mentors = [.. chosen.Select(pair => pair.MentorId).Distinct().Select(id => view.Names[id])];
        List<Named> mentees = [.. chosen.Select(pair => view.Names[pair.MenteeId])];
        var without = await mail.WithoutAddress([.. mentors.Concat(mentees).Select(one => one.SellerId).OfType<Guid>().Distinct()], stop);
        (mentors, mentees) = (Of(mentors), Of(mentees));
        var count = mentors.Count + mentees.Count;
        return count == 0 ? null : new SendUntold(count, Links(mentors), Links(mentees), Math.Max(0, mentors.Count - UntoldShown) + Math.Max(0, mentees.Count - UntoldShown));

        List<Named> Of(List<Named> people) => [.. people.Where(one => one.SellerId is { } id && without.Contains(id))];
        List<Link> Links(List<Named> people) => [.. people.Take(UntoldShown).Select(one => new Link($"{one.Person}, {one.Shop}", $"/manage/sellers/{one.SellerId}#invite-h"))];
    }

    async Task<SendClosed?> Closed(RunInView view, string program, List<MatchedPair> chosen, CancellationToken stop)
    {
        var (studio, number, pairs) = ($"/manage/{program}/matching", view.Row.Number, chosen.Count);
        if (view.Row is { ApprovedAt: { } at, ApprovedBy: { } by })
        {
            var who = RunWords.Who(by, await accounts.Names([by], stop));
            return new SendClosed(
                $"{Counted.Of(pairs, "pair is", "pairs are")} approved already", $"Approved {When.Said(at, clock.GetUtcNow(), await read.Zone(stop))} by {who}. {RunWords.Told(at, view.Program, clock.GetUtcNow(), await read.Zone(stop))}",
                new Link($"See run {number}", $"{studio}/{number}"));
        }

        return await read.NewestNumber(view.Program.Id, stop) is var newest && newest == number
            ? (Left(view, chosen) ?? ComparisonWords.NotRunYet(view)) is { } since ? new SendClosed("Run again first", since, new Link($"See run {number}", studio)) : null
            : new SendClosed(
                $"Run {number} is no longer the newest", $"Run {newest} is, and only the newest can be approved. To go back to this one, use its settings again under All runs.", new Link($"See run {newest}", studio));
    }

    /// <summary>Who of the pairs that would be approved is in the program no more; null where all are.</summary>
    static string? Left(RunInView view, List<MatchedPair> chosen)
    {
        List<string> gone = [.. chosen.SelectMany(pair => new[] { pair.MenteeId, pair.MentorId }).Distinct().Where(id => view.Names[id].Member is null).Select(id => view.Names[id].Person)];
        return gone.Count == 0 ? null : $"{Phrases.Listed([.. gone.Take(3), .. gone.Count > 3 ? new[] { $"{Phrases.Count(gone.Count - 3)} more" } : []])} left the program since this run was made, so nobody can be approved from it. Nobody was told.";
    }
}
