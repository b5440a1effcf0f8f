using Guildhall.Modules.Mentorships;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Mentorships;

/// <summary>One mail a batch of messages, none in quiet hours, and none of anybody's words.</summary>
public sealed class TellOfMessagesTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Sends_one_mail_for_five_messages_with_who_and_how_many_and_none_of_the_words()
    {
        var scene = await TalkScene.Given(product);
        await product.Database.ExecuteAsync($"INSERT INTO notices.mail_choice (address_key, kind_id, in_digest) VALUES ('{scene.Mentor.Email}', 'messages', false)");
        for (var n = 1; n <= 5; n++) await scene.MenteeWrites($"<b>Secret</b> {n} https://example.com/secret");
        await scene.Tell();
        var early = await scene.MailsTo(scene.Mentor);

        Later(SendMessage.BeforeTelling);
        await scene.Tell();
        await scene.Tell();

        early.ShouldBe("", "they may be written in a row, or read meanwhile");
        (await scene.MailsTo(scene.Mentor)).ShouldBe("Mina Farouk wrote to you: 5 messages");
        (await scene.MailsTo(scene.Mentee)).ShouldBe("");
        var body = await product.Database.ScalarAsync<string>($"SELECT body::text FROM platform.outgoing_mail WHERE \"to\" = '{scene.Mentor.Email}' AND kind_id = 'messages'");
        body.ShouldContain($"/mentor/messages/{scene.Id}");
        body.ShouldNotContain("ecret");
    }

    [Fact]
    public async Task Tells_once_when_two_nodes_tell_at_once()
    {
        var scene = await TalkScene.Given(product);
        await scene.MenteeWrites("Hello");
        Later(SendMessage.BeforeTelling);
        await using var other = product.AnotherNode();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async at =>
        {
            await using var scope = (at % 2 == 0 ? product.Services : other.Services).CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TellOfMessages>().Run(TestContext.Current.CancellationToken);
        }));

        (await scene.MailsTo(scene.Mentor)).ShouldBe("Mina Farouk wrote to you: 1 message");
    }

    [Fact]
    public async Task Waits_until_the_quiet_hours_are_over_and_says_so_to_who_wrote()
    {
        var scene = await TalkScene.Given(product);
        var now = product.Clock.GetUtcNow();
        var (from, to) = (now.AddHours(-1), now.AddHours(3));
        await scene.AgreeQuiet($"{from:HH:mm}", $"{to:HH:mm}", "Etc/UTC");

        await scene.MenteeWrites("In the night");
        var said = (await scene.Mentee.Browser.Get(scene.MenteePage)).Words;
        Later(TimeSpan.FromHours(2));
        await scene.Tell();
        var quiet = await scene.MailsTo(scene.Mentor);
        await scene.MenteeWrites("Still night");
        Later(TimeSpan.FromMinutes(61));
        await scene.Tell();

        said.ShouldContain($"Ruth’s quiet hours: told at {to:HH:mm}, UTC time.");
        said.ShouldContain("In the night");
        quiet.ShouldBe("");
        (await scene.MailsTo(scene.Mentor)).ShouldBe("Mina Farouk wrote to you: 2 messages");
    }

    [Fact]
    public async Task Waits_for_quiet_hours_that_begin_before_the_mail_would_go()
    {
        var scene = await TalkScene.Given(product);
        var now = product.Clock.GetUtcNow();
        await scene.AgreeQuiet($"{now.AddMinutes(2):HH:mm}", $"{now.AddHours(8):HH:mm}", "Etc/UTC");

        await scene.MenteeWrites("Just before");
        Later(SendMessage.BeforeTelling);
        await scene.Tell();
        var quiet = await scene.MailsTo(scene.Mentor);
        Later(TimeSpan.FromHours(8));
        await scene.Tell();

        quiet.ShouldBe("");
        (await scene.MailsTo(scene.Mentor)).ShouldBe("Mina Farouk wrote to you: 1 message");
    }

    [Fact]
    public async Task Tells_nobody_of_what_they_have_read()
    {
        var scene = await TalkScene.Given(product);
        await scene.MenteeWrites("Hello");

        await scene.Mentor.Browser.Page(scene.MentorPage);
        Later(SendMessage.BeforeTelling);
        await scene.Tell();

        (await scene.MailsTo(scene.Mentor)).ShouldBe("");
    }

    [Fact]
    public async Task Tells_again_after_they_looked_and_otherwise_once_a_day()
    {
        var scene = await TalkScene.Given(product);
        await Round("One");
        await Round("Two");
        var unseen = await scene.MailsTo(scene.Mentor);
        Later(TimeSpan.FromDays(1));
        await scene.Tell();
        var nextDay = await scene.MailsTo(scene.Mentor);
        await scene.Mentor.Browser.Page(scene.MentorPage);
        await Round("Three");

        unseen.ShouldBe("Mina Farouk wrote to you: 1 message");
        nextDay.ShouldBe($"{unseen} | Mina Farouk wrote to you: 1 message");
        (await scene.MailsTo(scene.Mentor)).ShouldBe($"{nextDay} | Mina Farouk wrote to you: 1 message");

        async Task Round(string text)
        {
            await scene.MenteeWrites(text);
            Later(SendMessage.BeforeTelling);
            await scene.Tell();
        }
    }

    [Fact]
    public async Task Tells_nobody_who_paused_messages()
    {
        var scene = await TalkScene.Given(product);
        await scene.MenteeWrites("Hello");
        await scene.Mentor.Browser.Post($"{scene.MentorPage}/pause");

        Later(SendMessage.BeforeTelling);
        await scene.Tell();

        (await scene.MailsTo(scene.Mentor)).ShouldBe("");
    }

    void Later(TimeSpan by) => product.Clock.Advance(by + TimeSpan.FromSeconds(1));
}
