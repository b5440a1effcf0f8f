using System.Globalization;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>An answer of an application, in words.</summary>
public sealed record SaidLine(string Label, string Text);

/// <summary>
/// What a mentee said that their mentor may read: what they sell and want help with, their own words, their goal, and how, when and in which languages they talk. What the
/// marketplace knows of the shop, and what staff noted, is not among it.
/// </summary>
public sealed class SaidToMentors(GuildhallDb db)
{
    /// <summary>What the page of the mentee calls all of it.</summary>
    public const string InShort = "what you said you sell, want help with and aim for, your own words, and how, when and in which languages you talk";

    public async Task<IReadOnlyList<SaidLine>> Of(Guid menteeId, CancellationToken stop)
    {
        if (await db.Set<Participant>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == menteeId && p.Side == Side.Mentee, stop) is not { AsMentee: { } profile } mentee) return [];
        var answers = (await db.Set<Application>().AsNoTracking()
            .Where(a => a.ProgramId == mentee.ProgramId && a.SellerId == mentee.SellerId && a.Side == Side.Mentee && a.State == ApplicationState.Accepted)
            .OrderByDescending(a => a.Id).FirstOrDefaultAsync(stop))?.Answers;

        // Who came in by file was asked nothing: then it is what the file said of them.
        IReadOnlyList<(string Label, string? Text)> lines =
        [
            ("What they sell", Listed((answers?.Categories ?? profile.Categories?.Select(category => category.Path))?.Select(CategoryNames.Of))),
            ("Help with", Listed((answers?.Skills ?? profile.Needs?.Select(need => need.Skill))?.Select(HelpTopics.Of))),
            ("In their own words", answers?.OwnWords),
            ("Goal", (answers?.TargetOrdersPerWeek ?? profile.TargetOrdersPerWeek) is > 0 and var target ? string.Create(CultureInfo.InvariantCulture, $"{target:0.#} {(target == 1 ? "order" : "orders")} a week") : null),
            ("How they work", Listed([Lean(answers?.Style ?? profile.Style, "by numbers first", "by feel", "by numbers and feel"), Lean(answers?.Contact ?? profile.Contact, "by call", "in writing", "by call or in writing")])),
            ("Free", answers?.Times is { Count: > 0 } times ? WeekParts.Words(times) : null),
            ("Languages", Listed((answers?.Languages ?? profile.Languages?.Select(skill => skill.Language))?.Select(LanguageNames.Of))),
        ];
        return [.. lines.Where(line => line.Text is not null).Select(line => new SaidLine(line.Label, line.Text!))];
    }

    static string? Listed(IEnumerable<string?>? items) => items?.OfType<string>().ToList() is [_, ..] known ? string.Join(", ", known) : null;

    static string? Lean(double? lean, string high, string low, string between) => lean switch { null => null, >= 1.0 / 3 => high, <= -1.0 / 3 => low, _ => between };
}
