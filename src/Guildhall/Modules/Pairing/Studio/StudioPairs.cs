using Guildhall.Matching;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.WebUtilities;

namespace Guildhall.Modules.Pairing;

/// <summary>The pair list of the studio: which rows, in which order, and the reasons of the open one.</summary>
sealed class StudioPairs(RunInView view, StudioQuery query, bool canSteer)
{
    const int ColumnsThatFit = 6;
    const int AlternativesShown = 3;

    readonly MatchRun run = view.Match.Run;
    readonly HashSet<string> leftOut = [.. view.Row.LeftOut];
    readonly HashSet<Pin> kept = [.. view.Rules.Settings.Pins];

    /// <summary>How many pairs of the run are kept in the next.</summary>
    public int Kept => run.Pairs.Count(IsKept);

    bool IsApproved => view.Row.State == RunState.Approved;

    IReadOnlyList<Factor> Columns { get; } =
        [.. view.Match.Run.Settings.Weights.Where(weight => weight.Value > 0).OrderByDescending(weight => weight.Value).ThenBy(weight => weight.Key).Take(ColumnsThatFit).Select(weight => weight.Key)];

    public PairListView View()
    {
        var rows = Sorted(query.Tab switch
        {
            "changed" => run.Pairs.Where(pair => view.Moves.ContainsKey(pair.MenteeId)),
            "kept" => run.Pairs.Where(IsKept),
            "left-out" => run.Pairs.Where(pair => leftOut.Contains(pair.MenteeId)),
            _ => run.Pairs.Where(pair => !IsApproved || !leftOut.Contains(pair.MenteeId)),
        }).ToList();
        // A pair that was asked for by name is shown even when it stands further down.
        var shown = rows.Where((pair, at) => (at >= query.From && at < query.From + query.Rows) || pair.MenteeId == query.Open).ToList();
        var rest = Math.Max(0, rows.Count - query.From - query.Rows);
        var next = query.Rows < StudioQuery.MostRows ? query with { Rows = Math.Min(StudioQuery.MostRows, query.Rows * 4) } : query with { From = query.From + query.Rows };
        var open = query.Open ?? shown.FirstOrDefault()?.MenteeId;

        return new PairListView(
            [.. Columns.Select(factor => new FactorColumn(MatchWording.Name(factor), run.Settings.Weights[factor]))],
            [.. shown.Select(pair => Line(pair, isOpen: pair.MenteeId == open))],
            Tabs(),
            Sorts(),
            rows.Count,
            rest > 0 ? next.Href + "#pairs" : null,
            Math.Min(rest, next.From > query.From ? next.Rows : next.Rows - query.Rows));
    }

    public PairLine Line(MatchedPair pair, bool isOpen)
    {
        var (mentee, mentor) = (view.Names[pair.MenteeId], view.Names[pair.MentorId]);
        return new PairLine(
            HtmlId(pair.MenteeId), mentee.Person, mentee.Shop, mentor.Person, mentor.Shop, pair.Score.Points, Change(pair), IsKept(pair), !leftOut.Contains(pair.MenteeId),
            [.. Columns.Select(factor => pair.Score.Factors.FirstOrDefault(f => f.Factor == factor) is { IsKnown: true } known ? (decimal?)Math.Round((decimal)known.Value * 100, 0) : null)],
            isOpen ? Why(pair) : null,
            (query with { Open = isOpen ? "" : pair.MenteeId }).Href);
    }

    /// <summary>Participants' ids may hold anything; in the page they are told apart by their bytes in hexadecimal.</summary>
    public static string HtmlId(string id) => Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(id));

    /// <returns>Null for text that no page of ours carries.</returns>
    public static string? FromHtmlId(string htmlId)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(Convert.FromHexString(htmlId));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    WhyView Why(MatchedPair pair)
    {
        var (mentee, mentor) = CalledApart.Of(view.Names[pair.MenteeId], view.Names[pair.MentorId]);
        var match = view.Match.Prepared;
        return new WhyView(
            pair.MenteeId, pair.MentorId, mentor, [.. new[] { pair.MenteeId, pair.MentorId }.Select(id => view.Names[id]).Where(named => named.SellerId is not null).Select(named => new Link(named.Member is { PersonName: null } ? named.Person : $"{named.Person}’s shop", $"/manage/sellers/{named.SellerId}"))],
            [.. pair.Score.Factors.Select(factor => new FactorLine(MatchWording.Name(factor.Factor), MatchWording.Sentence(factor.Fact, mentee, mentor), factor.Points, factor.Weight))],
            [.. pair.Score.Penalties.Select(penalty => new PenaltyLine(penalty.Rule == Rule.DeclaredCompetition && DeclaredWords.Of(pair.MenteeId, pair.MentorId, view.Match, view.Names) is { } declared ? $"{MatchWording.Name(penalty.Rule, run.Settings)}: {declared}" : MatchWording.Name(penalty.Rule, run.Settings), penalty.Points))],
            DeclaredWords.Caution(pair, view.Match, view.Names),
            [.. match.Alternatives(pair.MenteeId, AlternativesShown).Select(other => new AlternativeLine(
                other.MentorId, view.Names[other.MentorId].Person, ReasonWords.Difference(other, pair.Score, mentee, match.WhyNot(pair.MenteeId, other.MentorId), run.Settings, view.Names), other.Score.Points))],
            ReasonWords.Odds(pair, run.Settings),
            ReasonWords.IfRemoved(match.IfRemoved(pair.MenteeId), view.Names),
            canSteer ? $"{query.Studio}/keep" : null,
            canSteer ? QueryHelpers.AddQueryString($"{query.Studio}/bar", new Dictionary<string, string?> { ["mentee"] = pair.MenteeId, ["mentor"] = pair.MentorId }) : null,
            canSteer ? QueryHelpers.AddQueryString($"{query.Studio}/swap", new Dictionary<string, string?> { ["mentee"] = pair.MenteeId, ["pick"] = WhyView.Pick(HtmlId(pair.MenteeId)) }) : null);
    }

    bool IsKept(MatchedPair pair) => kept.Contains(new Pin(pair.MenteeId, pair.MentorId));

    decimal? Change(MatchedPair pair) => view.Moves.TryGetValue(pair.MenteeId, out var move) && move.PointsBefore is { } before ? Points.Difference(before, pair.Score.Points) : null;

    IEnumerable<MatchedPair> Sorted(IEnumerable<MatchedPair> pairs) => query.Sort switch
    {
        "lowest" => pairs.Reverse(),
        "name" => pairs.OrderBy(pair => view.Names[pair.MenteeId].Person, StringComparer.CurrentCultureIgnoreCase),
        "change" => pairs.OrderByDescending(pair => Math.Abs(Change(pair) ?? 0)),
        _ => pairs,
    };

    IReadOnlyList<Tab> Tabs()
    {
        Tab To(string tab, string label, int count) => new(label, (query with { Tab = tab, Open = null, Rows = StudioQuery.FirstRows, From = 0 }).Href + "#pairs", count, query.Tab == tab);
        return
        [
            IsApproved ? To("proposed", "Approved", run.Pairs.Count - leftOut.Count) : To("proposed", "Proposed", run.Pairs.Count),
            .. view.Comparison is null ? [] : new[] { To("changed", "Changed", run.Pairs.Count(pair => view.Moves.ContainsKey(pair.MenteeId))) },
            To("kept", "Kept", Kept) with { CountId = "kept-count" },
            .. leftOut.Count == 0 ? [] : new[] { To("left-out", "Left out", leftOut.Count) },
            new("No match", query.Run + "#unmatched", run.Unmatched.Count),
        ];
    }

    IReadOnlyList<Tab> Sorts()
    {
        Tab To(string sort, string label) => new(label, (query with { Sort = sort, Open = null }).Href + "#pairs", Current: query.Sort == sort);
        return [To("best", "Best fit"), To("lowest", "Lowest fit"), .. view.Comparison is null ? [] : new[] { To("change", "Greatest change") }, To("name", "Name")];
    }
}
