using System.Text.RegularExpressions;

namespace Guildhall.Browser.Tests.Weeks;

/// <summary>What the manager does: a run with its approval on the first day, and on Mondays a look at the overview, a word where contact is missing, and the next run for the places that are free.</summary>
sealed partial class ManagersWeek(OlistWeeks weeks, Desk desk)
{
    const int WordsAWeek = 6;
    const string Root = $"/manage/{OlistWeeks.Slug}";

    readonly Random chance = Chances.Of("manager");
    int mondays;

    /// <summary>The first approval is undone, as somebody does who saw something, and made again.</summary>
    public async Task Begin()
    {
        var number = await Match();
        (await Approve(number)).IsDone.ShouldBeTrue();
        (await weeks.Do(desk, "manager undoes an approval", $"{Root}/matching/{number}/undo")).IsDone.ShouldBeTrue();
        (await Approve(number)).IsDone.ShouldBeTrue();
    }

    public async Task Go()
    {
        mondays++;
        var overview = (await desk.Get(Root)).Page;
        foreach (Match line in Line().Matches(overview).Take(WordsAWeek).ToList())
        {
            var pair = $"{Root}/pairs/{line.Groups["pair"].Value}";
            switch (line.Groups["next"].Value)
            {
                case "contact both":
                    await weeks.Do(desk, "manager contacts both", $"{pair}/contact");
                    break;
                case "read it and see to it":
                    foreach (Match remark in Remark().Matches((await desk.Get(pair)).Page).ToList()) await weeks.Do(desk, "manager sees to a remark", $"{pair}/remarks", ("Session", remark.Groups[1].Value));
                    break;
                case "ask whether it goes on":
                    await weeks.Do(desk, "manager lets a pause end", $"{pair}/change", ("Change", "Resume"));
                    break;
            }
        }

        if (chance.Happens(0.4) && Withdraw().Match((await desk.Get($"{Root}/pairs?state=WaitingForMentors")).Page) is { Success: true } waiting) await weeks.Do(desk, "manager withdraws a pair", waiting.Groups[1].Value);
        if (mondays is 6 or 9 && Pair().Match((await desk.Get($"{Root}/pairs?state=Active")).Page) is { Success: true } active) await weeks.Do(desk, "manager hands a mentor’s mentees over", $"{active.Groups[1].Value}/change", ("Change", "AllOfMentor"));
        if (await Match() is { } number) await Approve(number);
    }

    /// <returns>The number of the run; null where nobody could be matched.</returns>
    async Task<string?> Match()
    {
        var ran = await weeks.Do(desk, "manager runs the matching", $"{Root}/matching/run");
        return ran.IsDone && Number().Match(ran.Location) is { Success: true } run ? run.Groups[1].Value : null;
    }

    async Task<Reply> Approve(string? number)
    {
        var look = await desk.Get($"{Root}/matching/{number}/send");
        return await weeks.Do(desk, "manager approves", $"{Root}/matching/{number}/approve", ("version", Version().Match(look.Page).Groups[1].Value));
    }

    [GeneratedRegex("<a href=\"/manage/[^/]+/pairs/(?<pair>[0-9a-f-]{36})\">.*?Next: (?<next>[^<.]+)\\.", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();

    [GeneratedRegex("name=\"Session\" value=\"([0-9a-f-]{36})\"")]
    private static partial Regex Remark();

    [GeneratedRegex("action=\"([^\"]+/withdraw)\"")]
    private static partial Regex Withdraw();

    [GeneratedRegex("href=\"(/manage/[^/]+/pairs/[0-9a-f-]{36})\"")]
    private static partial Regex Pair();

    [GeneratedRegex("/matching/(\\d+)")]
    private static partial Regex Number();

    [GeneratedRegex("name=\"version\" value=\"(\\d+)\"")]
    private static partial Regex Version();
}
