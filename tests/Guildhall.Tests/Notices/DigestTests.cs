using System.Globalization;
using Guildhall.Modules.Notices;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Tests.Sessions;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Guildhall.Tests.Notices;

/// <summary>One digest a person and day with what is new, none without, whichever nodes write and whatever their clocks show.</summary>
public sealed class DigestTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Europe/London", "2026-11-24T07:59:59Z", "2026-11-24T08:00:00Z")]
    [InlineData("Europe/London", "2026-11-24T08:00:00Z", "2026-11-25T08:00:00Z")]
    [InlineData("America/Chicago", "2026-11-24T13:00:00Z", "2026-11-24T14:00:00Z")]
    [InlineData("Asia/Kathmandu", "2026-11-24T03:00:00Z", "2026-11-25T02:15:00Z")]
    [InlineData("Europe/London", "2027-03-27T12:00:00Z", "2027-03-28T07:00:00Z")]
    [InlineData("Europe/London", "2027-10-30T12:00:00Z", "2027-10-31T08:00:00Z")]
    // Samoa left out 30 December 2011.
    [InlineData("Pacific/Apia", "2011-12-30T00:00:00Z", "2011-12-30T18:00:00Z")]
    public void Comes_at_eight_by_the_clocks_of_its_reader(string zone, string now, string at) =>
        Digest.MorningAfter(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone)).ShouldBe(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));

    [Fact]
    public async Task Tells_what_waits_in_one_mail_by_name_and_then_is_quiet_until_there_is_more()
    {
        var scene = await SessionScene.Given(product, mentee: "Ottilie Marsh");
        await product.Database.ExecuteAsync("DELETE FROM platform.notice; DELETE FROM platform.outgoing_mail");
        var mentor = await AddressOf(scene.Pair.MentorSeller);
        var about = await product.Database.ScalarAsync<Guid>($"SELECT id FROM enrollment.participant WHERE seller_id = '{scene.Pair.MenteeSeller}'");
        await GivenWaiting(mentor, "{name} wrote to you: 2 messages", about);
        await GivenWaiting(mentor, "{name} wrote down your session", about);
        await GivenWaiting(mentor, "Not due yet", about, inHours: 20);

        await Write();
        await Write();

        (await Digests(mentor)).ShouldBe("2 notices since your last digest");
        var text = await product.Database.ScalarAsync<string>($"SELECT body->'paragraphs'->>0 FROM platform.outgoing_mail WHERE \"to\" = '{mentor}' AND kind_id = 'daily-digest'");
        text.ShouldBe("Ottilie Marsh wrote to you: 2 messages\nOttilie Marsh wrote down your session");
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM platform.notice WHERE kind_id = 'daily-digest'")).ShouldBe(0, "it tells of notices and is none");

        await GivenWaiting(mentor, "Again", about);
        await Write();
        (await Digests(mentor)).ShouldBe("2 notices since your last digest", "one a day");
        product.Clock.Advance(TimeSpan.FromDays(1));
        await Write();
        await Write();
        (await Digests(mentor)).ShouldBe("2 notices since your last digest | 2 notices since your last digest");
        product.Clock.Advance(TimeSpan.FromDays(1));
        await Write();
        (await Digests(mentor)).ShouldBe("2 notices since your last digest | 2 notices since your last digest", "there was nothing new");
    }

    [Fact]
    public async Task Leaves_out_what_was_read_and_is_not_written_for_that_alone()
    {
        var scene = await SessionScene.Given(product);
        await product.Database.ExecuteAsync("DELETE FROM platform.notice; DELETE FROM platform.outgoing_mail");
        var (mentor, mentee) = (await AddressOf(scene.Pair.MentorSeller), await AddressOf(scene.Pair.MenteeSeller));
        foreach (var to in new[] { mentor, mentee, mentee }) await GivenWaiting(to, "Something", null);

        await scene.Mentor.Get((await scene.Mentor.Page("/notices")).QuerySelector(".notice-list a")!.GetAttribute("href")!);
        await scene.Mentee.Get((await scene.Mentee.Page("/notices")).QuerySelector(".notice-list a")!.GetAttribute("href")!);
        await Write();

        (await Digests(mentor), await Digests(mentee)).ShouldBe(("", "1 notice since your last digest"));
    }

    [Fact]
    public async Task Says_of_many_how_many_more()
    {
        var scene = await SessionScene.Given(product);
        var mentor = await AddressOf(scene.Pair.MentorSeller);
        for (var n = 0; n < 25; n++) await GivenWaiting(mentor, $"Thing {n}", null);

        await Write();

        var body = await product.Database.ScalarAsync<string>($"SELECT body->>'paragraphs' FROM platform.outgoing_mail WHERE \"to\" = '{mentor}' AND kind_id = 'daily-digest'");
        body.ShouldContain("Thing 19");
        body.ShouldNotContain("Thing 20");
        body.ShouldContain("And 5 more.");
    }

    /// <summary>400 in every run; `./guildhall prove digests` does it with 10,000, processes and kill -9.</summary>
    [Fact]
    public async Task Is_written_once_for_everybody_by_three_nodes_whose_clocks_differ_and_whose_connections_break()
    {
        const int People = 400;
        await product.Manager();
        await product.Database.ExecuteAsync($"""
            DELETE FROM platform.notice; DELETE FROM platform.outgoing_mail; DELETE FROM notices.digest;
            INSERT INTO platform.notice (id, address_key, kind_id, words, href, at, digest_at)
            SELECT gen_random_uuid(), 'person' || n || '@example.com', 'messages', 'Something', '/me', now() - interval '1 year', timestamptz '{product.Clock.GetUtcNow():O}' - interval '1 minute' FROM generate_series(1, {People}) n, generate_series(1, 3)
            """);
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        List<Node> nodes = [new(product, TimeSpan.FromMinutes(-5)), new(product, TimeSpan.Zero), new(product, TimeSpan.FromMinutes(5))];
        var broken = 0;

        for (var round = 0; round < 30; round++)
        {
            using var over = new CancellationTokenSource();
            var writing = nodes.Select(node => Task.Run(() => node.Write(over.Token), Stop)).ToArray();
            await Task.Delay(random.Next(1, 60), Stop);
            await over.CancelAsync();
            broken += (await Task.WhenAll(writing)).Count(isBroken => isBroken);
            if (await product.Database.ScalarAsync<long>("SELECT count(digest_at) FROM platform.notice") == 0) break;
        }

        // Whoever was behind comes after: the clock of one node had not reached the time.
        product.Clock.Advance(TimeSpan.FromMinutes(10));
        foreach (var node in nodes) (await node.Write(Stop)).ShouldBeFalse();

        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM platform.outgoing_mail WHERE kind_id = 'daily-digest'")).ShouldBe(People, $"seed {seed}, {broken} broken off");
        (await product.Database.ScalarAsync<long>("SELECT count(DISTINCT address_key) FROM platform.outgoing_mail WHERE kind_id = 'daily-digest' AND subject = '3 notices since your last digest'")).ShouldBe(People);
        foreach (var node in nodes) await node.DisposeAsync();
    }

    Task GivenWaiting(string to, string words, Guid? about, int inHours = 0)
    {
        // Of one millisecond nobody can tell which came first.
        product.Clock.Advance(TimeSpan.FromMilliseconds(2));
        return product.Database.ExecuteAsync($"""
            INSERT INTO platform.notice (id, address_key, kind_id, words, about_id, href, at, digest_at)
            VALUES ('{Guid.CreateVersion7(product.Clock.GetUtcNow())}', '{to}', 'messages', '{words}', {(about is { } id ? $"'{id}'" : "NULL")}, '/mentor', '{product.Clock.GetUtcNow().AddMinutes(-2):O}', '{product.Clock.GetUtcNow().AddMinutes(-1).AddHours(inHours):O}')
            """);
    }

    async Task Write() => await product.Ask<WriteDigests, int>(async write =>
    {
        await write.RunAll(Stop);
        return 0;
    });

    Task<string> Digests(string to) => product.Database.ScalarAsync<string>($"SELECT coalesce(string_agg(subject, ' | ' ORDER BY id), '') FROM platform.outgoing_mail WHERE \"to\" = '{to}' AND kind_id = 'daily-digest'");

    Task<string> AddressOf(Guid seller) => product.Database.ScalarAsync<string>($"SELECT email FROM people.account WHERE seller_id = '{seller}'");

    sealed class Node(RunningProduct product, TimeSpan ahead) : IAsyncDisposable
    {
        readonly ServiceProvider services = product.Database.BuildServices(replace => replace.Replace(ServiceDescriptor.Singleton<TimeProvider>(new WrongClock(product.Clock, ahead))));

        /// <returns>Whether it broke off in the middle.</returns>
        public async Task<bool> Write(CancellationToken stop)
        {
            await using var scope = services.CreateAsyncScope();
            try
            {
                await scope.ServiceProvider.GetRequiredService<WriteDigests>().RunAll(stop);
                return false;
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return true;
            }
        }

        public ValueTask DisposeAsync() => services.DisposeAsync();
    }

    sealed class WrongClock(TimeProvider right, TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + ahead;
    }
}
