using Guildhall.Matching;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>Answers with the studio, or one row of it, whatever the person just did.</summary>
sealed class Studio(ReadStudio read, Shell shell, TimeProvider clock)
{
    const string RowTarget = "pair-";

    public async Task<IResult> Show(StudioQuery query, HttpContext http, Refusal? refused, CancellationToken stop)
    {
        if (!(await read.Open(query.Program, query.Number, stop)).Succeeded(out var view, out var refusal)) return await Page.Refused(shell, refused ?? refusal, stop);
        var status = refused is null ? StatusCodes.Status200OK : Page.StatusOf(refused);
        if (refused?.Code == nameof(RefusalCode.NoPossiblePair)) return await Blocked(query, refused, view, http, stop);
        if (view is null)
        {
            var start = await read.Start(query.Program, stop);
            return Page.Of<MatchingStartPage>(new { Shell = await shell.Staff(stop), View = start, Problem = refused?.Message }, status);
        }

        // A row asks for itself, opened or closed; everything else that a script swaps is cut from the whole page.
        var target = http.Request.Headers["HX-Target"].ToString();
        if (refused is null && target.IndexOf(RowTarget, StringComparison.Ordinal) is >= 0 and var at)
        {
            return string.IsNullOrEmpty(query.Open)
                ? StudioPairs.FromHtmlId(target[(at + RowTarget.Length)..]) is { } closed ? Fragment(view, query, closed, "Reasons hidden.") : Results.NotFound()
                : Fragment(view, query, query.Open, "Reasons shown.");
        }

        var typed = refused is not null && http.Request.HasFormContentType ? http.Request.Form : null;
        if (refused is { Code: "changed_meanwhile" } && await read.SeenRun(view, typed, stop) is { } seen)
        {
            if (ComparisonWords.ChangedSince(seen, view) is { } changed) refused = refused with { Message = $"{refused.Message} {changed}" };
            typed = SteeringForm.TypedOver(seen.Head.Settings, typed!);
        }

        return Page.Of<StudioPage>(new { Shell = await shell.Staff(stop), View = await read.Fill(view, query, News(view, http, refused, clock.GetUtcNow()), refused, typed, stop) }, status);
    }

    async Task<IResult> Blocked(StudioQuery query, Refusal refused, RunInView? last, HttpContext http, CancellationToken stop)
    {
        var program = await read.Program(query.Program, stop);
        var rule = Enum.Parse<Rule>(refused.Field!);
        var canTurnOff = rule is not (Rule.Capacity or Rule.Barred or Rule.OneActiveMentor) && !MatchingRules.IsSetByCharter(rule);
        var view = new MatchingBlockedView(
            program!.Cohort, $"/manage/{query.Program}", refused.Message, rule.ToString(), canTurnOff ? $"{query.Studio}/rule" : null, $"{query.Studio}/rules", last is null ? null : $"{query.Studio}/{last.Row.Number}",
            http.Request.HasFormContentType ? [.. http.Request.Form.Where(field => field.Key.StartsWith(SteeringForm.WeightPrefix, StringComparison.Ordinal)).Select(field => (field.Key, field.Value.ToString()))] : []);
        return Page.Of<MatchingBlockedPage>(new { Shell = await shell.Staff(stop), View = view }, Page.StatusOf(refused));
    }

    /// <summary>The row of one pair after it was kept or released, or why it was not.</summary>
    public async Task<IResult> Row(StudioQuery query, string did, Refusal? refused, CancellationToken stop)
    {
        if (!(await read.Open(query.Program, query.Number, stop)).Succeeded(out var view, out var refusal)) return await Page.Refused(shell, refusal, stop);
        var mentee = query.Open ?? "";
        return view?.Match.Run.Pairs.FirstOrDefault(pair => pair.MenteeId == mentee) is { } pair
            ? Fragment(view, query, mentee, refused?.Message ?? $"{view.Names[mentee].Person} with {view.Names[pair.MentorId].Person} {did}", refused)
            : await Page.Refused(shell, refused ?? Refusal.NotFound("pair"), stop);
    }

    /// <summary>That the ticks are kept, or why not, for the foot of the list and the button that sends.</summary>
    public static IResult Chosen(Result<CompletedRun> chosen, IFormCollection form)
    {
        if (!chosen.Succeeded(out var run, out var refusal)) return Page.Of<PairsChosenFragment>(new { Status = refusal.Message }, Page.StatusOf(refusal));
        var (made, included) = (run.Head.Summary.Matched, run.Head.Summary.Matched - run.LeftOut.Count);
        IReadOnlyList<(string, bool)> kept = [.. form["ticked"].Except(form["include"]).Select(id => (id!, false)), .. form["unticked"].Intersect(form["include"]).Select(id => (id!, true))];
        return Page.Of<PairsChosenFragment>(new { Status = $"Saved: {Counted.Of(included)} of {Counted.Of(made, "pair", "pairs")} ticked.", Included = (int?)included, Kept = kept });
    }

    /// <summary>The edition of the settings as they are now, for a change of one thing that needs no look at the others.</summary>
    public async Task<uint> Seen(string program, CancellationToken stop) => await read.Seen(program, stop);

    /// <summary>Weights that were typed and not run are in no pair of the run: to approve it would leave them behind without a word.</summary>
    public async Task<Refusal?> NotRun(string program, CompletedRun run, IFormCollection form, CancellationToken stop)
    {
        var now = await read.Settings(program, stop);
        if (!SteeringForm.Weigh(now, form).Succeeded(out var typed, out var refusal)) return refusal;
        if (ComparisonWords.NotRun(run.Head.Settings, now).Any(change => change.Kind != SettingKind.Weight))
            return Refusal.Conflict("rules_not_run", $"The rules were changed since run {run.Number}. Run again before you review its pairs. Your ticks are saved.");
        return ReferenceEquals(typed, now) || SteeringForm.HaveSameWeights(typed, run.Head.Settings)
            ? null
            : Refusal.Invalid("weights", $"Run again with the weights you typed, or put back those of run {run.Number}, before you review its pairs. Your ticks are saved.", "weight-total");
    }

    static IResult Fragment(RunInView view, StudioQuery query, string mentee, string status, Refusal? refused = null) => ReadStudio.Row(view, query, mentee) is { } row
        ? Page.Of<PairRowFragment>(
            new { Pair = row, EarlierRun = view.EarlierRow?.Number, CanChoose = view.Row.State == RunState.Draft, Status = status, Problem = refused?.Message, Version = view.Rules.Seen.ToString(System.Globalization.CultureInfo.InvariantCulture), Kept = (int?)new StudioPairs(view, query, canSteer: true).Kept },
            refused is null ? StatusCodes.Status200OK : Page.StatusOf(refused))
        : Results.NotFound();

    static StudioNews? News(RunInView view, HttpContext http, Refusal? refused, DateTimeOffset now) => refused is { Code: "weights" }
        ? null
        : refused is { Kind: not RefusalKind.Conflict }
        ? new StudioNews(refused.Message, Tone.Problem)
        : refused is not null
            ? new StudioNews(refused.Message, Tone.Attention)
            : http.Request.Query["did"].ToString() switch
            {
                "ran" => new StudioNews(Ran(view)),
                "swapped" or "barred" or "reset" => new StudioNews(Ran(view), UndoAction: view.EarlierRow is null ? null : $"/manage/{view.Program.Slug}/matching/{view.Row.Number}/back"),
                "back" => new StudioNews($"The step before is taken back. {Ran(view)}"),
                "restored" => new StudioNews($"The earlier run’s weights, rules and kept pairs are in use again. Pairs never to make and waivers stay as they are today. {Ran(view)}"),
                // The address stays after the ten minutes; what it says must not.
                "approved" when now - view.Row.ApprovedAt <= ApproveRun.UndoWindow => new StudioNews(
                    $"{Counted.Of(view.Match.Run.Pairs.Count - view.Row.LeftOut.Count, "pair is", "pairs are")} approved. You can undo this for 10 minutes. Then the mentor of each is asked, and the mentee once they accept."),
                "undone" => new StudioNews("The approval is taken back. Its mentees wait again: if there is a newer run, run matching once more to pair them."),
                _ => null,
            };

    static string Ran(RunInView view) => view.Comparison is { } comparison
        ? $"Run {view.Row.Number} is done. {ComparisonWords.Moved(comparison, view.EarlierRow!.Number)}"
        : $"Run {view.Row.Number} is done.";
}
