using Guildhall.Matching;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>Answers with the studio, or one row of it, whatever the person just did.</summary>
sealed class Studio(ReadStudio read, Shell shell)
{
    public async Task<IResult> Show(StudioQuery query, HttpContext http, Refusal? refused, CancellationToken stop)
    {
        if (!(await read.Open(query.Program, query.Number, stop)).Succeeded(out var view, out var refusal)) return await Page.Refused(shell, refused ?? refusal, stop);
        var status = refused is null ? StatusCodes.Status200OK : Page.StatusOf(refused);
        if (refused?.Code == nameof(RefusalCode.NoPossiblePair)) return await Blocked(query, refused, view, stop);
        if (view is null)
        {
            var start = await read.Start(query.Program, stop);
            return Page.Of<MatchingStartPage>(new { Shell = await shell.Staff(stop), View = start, Problem = refused?.Message }, status);
        }

        if (http.Request.Headers.ContainsKey("HX-Request") && http.Request.Headers["HX-Target"].ToString().Contains("pair-", StringComparison.Ordinal) && string.IsNullOrEmpty(query.Open) && refused is null)
            return ClosedRow(view, query, http);
        if (http.Request.Headers.ContainsKey("HX-Request") && query.Open is { Length: > 0 } open && refused is null && !http.Request.Headers["HX-Target"].ToString().EndsWith("pairs", StringComparison.Ordinal))
            return Fragment(view, query, open, "Reasons shown.");
        return Page.Of<StudioPage>(new { Shell = await shell.Staff(stop), View = await read.Fill(view, query, News(view, http, refused), refused, refused is { Kind: RefusalKind.Invalid } && http.Request.HasFormContentType ? SteeringForm.Weights(http.Request.Form) : null, stop) }, status);
    }

    async Task<IResult> Blocked(StudioQuery query, Refusal refused, RunInView? last, CancellationToken stop)
    {
        var program = await read.Program(query.Program, stop);
        var rule = Enum.Parse<Rule>(refused.Field!);
        var canTurnOff = rule is not (Rule.Capacity or Rule.Barred) && !MatchingRules.IsSetByCharter(rule);
        var view = new MatchingBlockedView(
            program!.Cohort, $"/manage/{query.Program}", refused.Message, rule.ToString(), canTurnOff ? $"{query.Studio}/rule" : null, $"{query.Studio}/rules", last is null ? null : $"{query.Studio}/{last.Row.Number}");
        return Page.Of<MatchingBlockedPage>(new { Shell = await shell.Staff(stop), View = view }, Page.StatusOf(refused));
    }

    /// <summary>The row of one pair after it was kept or released.</summary>
    public async Task<IResult> Row(StudioQuery query, string did, CancellationToken stop)
    {
        if (!(await read.Open(query.Program, query.Number, stop)).Succeeded(out var view, out var refusal)) return await Page.Refused(shell, refusal, stop);
        var mentee = query.Open ?? "";
        return view?.Match.Run.Pairs.FirstOrDefault(pair => pair.MenteeId == mentee) is { } pair
            ? Fragment(view, query, mentee, $"{view.Names[mentee].Person} with {view.Names[pair.MentorId].Person} {did}")
            : await Page.Refused(shell, Refusal.NotFound("pair"), stop);
    }

    /// <summary>The edition of the settings as they are now, for a change of one thing that needs no look at the others.</summary>
    public async Task<uint> Seen(string program, CancellationToken stop) => await read.Seen(program, stop);

    static IResult ClosedRow(RunInView view, StudioQuery query, HttpContext http)
    {
        // The target is the row's own id, so the row to close needs no second address.
        var target = http.Request.Headers["HX-Target"].ToString();
        var mentee = StudioPairs.FromHtmlId(target[(target.IndexOf("pair-", StringComparison.Ordinal) + "pair-".Length)..]);
        return mentee is null ? Results.NotFound() : Fragment(view, query, mentee, "Reasons hidden.");
    }

    static IResult Fragment(RunInView view, StudioQuery query, string mentee, string status) => ReadStudio.Row(view, query, mentee) is { } row
        ? Page.Of<PairRowFragment>(new { Pair = row, EarlierRun = view.EarlierRow?.Number, CanChoose = view.Row.State == RunState.Draft, Status = status, Version = view.Rules.Seen.ToString(System.Globalization.CultureInfo.InvariantCulture) })
        : Results.NotFound();

    static StudioNews? News(RunInView view, HttpContext http, Refusal? refused) => refused is { Code: "weights" }
        ? null
        : refused is { Kind: not RefusalKind.Conflict }
        ? new StudioNews(refused.Message, Tone.Problem)
        : refused is not null
            ? new StudioNews(refused.Message, Tone.Attention)
            : http.Request.Query["did"].ToString() switch
            {
                "ran" => new StudioNews(Ran(view)),
                "approved" => new StudioNews(
                    $"{Points.Count(view.Match.Run.Pairs.Count - view.Row.LeftOut.Count, "pair is", "pairs are")} approved and stored as proposals. Nobody has been told yet. You can undo this for 10 minutes."),
                "undone" => new StudioNews("The approval is taken back. The run is a draft again."),
                _ => null,
            };

    static string Ran(RunInView view) => view.Comparison is { } comparison
        ? $"Run {view.Row.Number} is done. {Points.Count(comparison.Moves.Count, "mentee has", "mentees have")} another mentor than in run {view.EarlierRow!.Number}. Nobody has been told."
        : $"Run {view.Row.Number} is done. Nobody has been told.";
}
