using System.Globalization;
using System.Text.Json;
using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>A program with mentees and mentors who can all talk to each other, so that places decide.</summary>
sealed class PairingScene(ProgramScene program)
{
    public ProgramScene Program => program;
    public Browser Manager => program.Manager;
    public string Studio => program.Studio;

    public string Mentee(int number) => program.Id($"mentee-{number}");
    public string Mentor(int number) => program.Id($"mentor-{number}");

    public static async Task<PairingScene> Given(RunningProduct product, int mentees, int mentors, int places, string menteeName = "Bo Lind")
    {
        var scene = new PairingScene(await ProgramScene.GivenProgram(product));
        if (mentees > 0) await scene.GivenMentees(1, mentees, menteeName);
        if (mentors > 0) await scene.GivenMentors(1, mentors, places);
        // In a program this small one mentor would hold more than a rotation share with a single mentee.
        await scene.Steer(settings => settings with { Rules = [.. settings.Rules.Where(rule => rule.Rule != Rule.GroupShare)] });
        return scene;
    }

    /// <summary>The first mentees and mentors of this scene in a further program.</summary>
    public async Task<PairingScene> GivenThemInAnotherProgram(int mentees, int mentors, int places)
    {
        var other = new PairingScene(await program.GivenAnotherProgram());
        await other.BringIn("mentee", "id,name,languages,time_zone,week_hours", Enumerable.Range(1, mentees).Select(n => $"{Mentee(n)},Bo Lind,en:native,Europe/Lisbon,mon 9-12"));
        await other.BringIn("mentor", "id,name,languages,time_zone,week_hours,capacity", Enumerable.Range(1, mentors).Select(n => $"{Mentor(n)},Mentor {n},en:fluent,Europe/Lisbon,mon 9-12,{places}"));
        await other.Steer(settings => settings with { Rules = [.. settings.Rules.Where(rule => rule.Rule != Rule.GroupShare)] });
        return other;
    }

    public async Task GivenMentees(int from, int to, string name = "Bo Lind")
    {
        await program.GivenSellers([.. Enumerable.Range(from, to - from + 1).Select(n => $"mentee-{n}")]);
        await BringIn("mentee", "id,name,languages,time_zone,week_hours", Enumerable.Range(from, to - from + 1).Select(n => $"{Mentee(n)},\"{name.Replace("\"", "\"\"")}\",en:native,Europe/Lisbon,mon 9-12"));
    }

    public async Task GivenMentors(int from, int to, int places)
    {
        await program.GivenSellers([.. Enumerable.Range(from, to - from + 1).Select(n => $"mentor-{n}")]);
        await BringIn("mentor", "id,name,languages,time_zone,week_hours,capacity", Enumerable.Range(from, to - from + 1).Select(n => $"{Mentor(n)},Mentor {n},en:fluent,Europe/Lisbon,mon 9-12,{places}"));
    }

    async Task BringIn(string side, string header, IEnumerable<string> rows) =>
        (await program.BringIn(side, $"{header}\n{string.Join('\n', rows)}\n")).Location.ShouldNotBeNull();

    public async Task<Refusal?> Steer(Func<MatchSettings, MatchSettings> change) => await program.Product.Ask<SteerMatching, Refusal?>(async steer =>
    {
        var stop = TestContext.Current.CancellationToken;
        var seen = await program.Product.Ask<ReadStudio, uint>(read => read.Seen(program.Slug, stop));
        return (await steer.Run(program.Slug, seen, settings => change(settings), Actor.Product, stop)).Refusal;
    });

    public Task<Answer> Run() => Manager.Post($"{Studio}/run");

    /// <summary>Runs the matching, which must succeed.</summary>
    public async Task<MatchRun> GivenRun()
    {
        var answer = await Run();
        answer.Location.ShouldNotBeNull(answer.Words);
        return await Stored(int.Parse(answer.Location.Split('/')[^1].Split('?')[0], CultureInfo.InvariantCulture));
    }

    /// <summary>A further run in a program whose places are all taken.</summary>
    public async Task GivenRunWithMorePlaces()
    {
        await program.GivenSellers("mentor-more");
        await BringIn("mentor", "id,name,languages,time_zone,week_hours,capacity", [$"{program.Id("mentor-more")},More,en:fluent,Europe/Lisbon,mon 9-12,5"]);
        await GivenRun();
    }

    public async Task<MatchRun> Stored(int number) => JsonSerializer.Deserialize<MatchRun>((await Manager.Get($"{Studio}/{number}/run.json")).Text, JsonColumns.Options)!;

    /// <summary>The edition of a run, as its last look carries it while it can be approved.</summary>
    public Task<string> Version(int number) => program.Product.Database.ScalarAsync<string>($"SELECT r.xmin::text FROM pairing.match_run r JOIN programs.program p ON p.id = r.program_id WHERE p.slug = '{program.Slug}' AND r.number = {number}");

    public async Task<Answer> Approve(int number) => await Manager.Post($"{Studio}/{number}/approve", ("version", await Version(number)));

    public Task<Answer> Keep(int mentee, int mentor) => Manager.Post($"{Studio}/keep", ("mentee", Mentee(mentee)), ("mentor", Mentor(mentor)), ("keep", "true"));

    public Task<long> Runs() => Count("pairing.match_run");

    public Task<long> Approved() => program.Product.Database.ScalarAsync<long>($"SELECT count(*) FROM pairing.proposal t JOIN programs.program p ON p.id = t.program_id WHERE p.slug = '{program.Slug}' AND t.state = 'Approved'");

    public async Task<MatchSettings> Settings() => JsonSerializer.Deserialize<MatchSettings>(
        await program.Product.Database.ScalarAsync<string>($"SELECT settings::text FROM pairing.matching_rules r JOIN programs.program p ON p.id = r.program_id WHERE p.slug = '{program.Slug}'"), JsonColumns.Options)!;

    Task<long> Count(string table) => program.Product.Database.ScalarAsync<long>($"SELECT count(*) FROM {table} t JOIN programs.program p ON p.id = t.program_id WHERE p.slug = '{program.Slug}'");
}
