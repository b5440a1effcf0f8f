using System.Net;
using Guildhall.Platform;
using Guildhall.Platform.Mail;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Notices;

/// <summary>The way out of a kind of mail, for whoever holds a link from one.</summary>
public sealed class UnsubscribeTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const string OptOuts = "SELECT count(*) FROM platform.mail_opt_out";

    [Fact]
    public async Task Changes_nothing_however_often_the_link_is_fetched()
    {
        var path = await GivenLink("dana@example.com");
        using var scanner = product.Visitor();

        for (var fetched = 0; fetched < 5; fetched++)
        {
            var page = await scanner.Get(path);
            (page.Status, page.Heading).ShouldBe((HttpStatusCode.OK, "Stop these mails?"));
            page.Words.ShouldContain("to dana@example.com.");
        }

        (await product.Database.ScalarAsync<long>(OptOuts)).ShouldBe(0);
    }

    [Fact]
    public async Task Stops_the_mails_with_one_click_of_a_mail_program_and_says_the_second_time_that_it_is_done()
    {
        var path = await GivenLink("Dana@Example.com");
        using var program = product.Visitor();

        // As RFC 8058 has it: no cookie, no token, one fixed field.
        var first = await program.PostForged(path, ("List-Unsubscribe", "One-Click"));
        var second = await program.PostForged(path, ("List-Unsubscribe", "One-Click"));

        (first.Status, first.Heading, first.Headers.ContainsKey("Set-Cookie") && first.Headers["Set-Cookie"].Contains("guildhall=", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, "These mails have stopped", false));
        (second.Status, second.Heading).ShouldBe((HttpStatusCode.OK, "Already done"));
        (await program.Get(path)).Heading.ShouldBe("Already done");
        (await product.Database.ScalarAsync<string>("SELECT address_key || ' ' || kind_id FROM platform.mail_opt_out")).ShouldBe("dana@example.com digest");
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n")]
    [InlineData("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click")]
    [InlineData("text/plain", "")]
    public async Task Takes_the_click_in_whatever_form_the_program_sends_it(string type, string body)
    {
        var path = await GivenLink("dana@example.com");
        using var program = product.Visitor();
        var content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var answer = await program.Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });

        (answer.Status, answer.Heading).ShouldBe((HttpStatusCode.OK, "These mails have stopped"));
    }

    [Fact]
    public async Task Says_once_that_they_have_stopped_to_many_clicks_at_once()
    {
        var path = await GivenLink("dana@example.com");
        using var program = product.Visitor();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => program.PostForged(path)));

        answers.Count(answer => answer.Heading == "These mails have stopped").ShouldBe(1);
        answers.Count(answer => answer.Heading == "Already done").ShouldBe(9);
    }

    [Fact]
    public async Task Turns_them_on_again_from_its_own_page_only()
    {
        var path = await GivenLink("dana@example.com");
        using var reader = product.Visitor();
        await reader.PostForged(path);

        (await reader.PostForged($"{path}/turn-on")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var on = await reader.Post($"{path}/turn-on");
        var again = await reader.Post($"{path}/turn-on");

        (on.Heading, again.Heading).ShouldBe(("Turned on again", "Turned on again"));
        (await product.Database.ScalarAsync<long>(OptOuts)).ShouldBe(0);
        (await reader.Get(path)).Heading.ShouldBe("Stop these mails?");
    }

    [Fact]
    public async Task Does_nothing_for_a_link_that_is_not_whole_or_not_ours()
    {
        var path = await GivenLink("dana@example.com");
        using var visitor = product.Visitor();

        foreach (var broken in (string[])[path[..^3], $"{path}AA", "/unsubscribe/x", "/unsubscribe/%F0%9F%92%A9", $"/unsubscribe/{new string('a', 4000)}", path.Replace("/unsubscribe/C", "/unsubscribe/D", StringComparison.Ordinal)])
        {
            foreach (var answer in (Answer[])[await visitor.Get(broken), await visitor.PostForged(broken), await visitor.Post($"{broken}/turn-on")])
                (answer.Status, answer.Heading).ShouldBe((HttpStatusCode.NotFound, "This link can’t be read"), broken);
        }

        (await product.Database.ScalarAsync<long>(OptOuts)).ShouldBe(0);
    }

    [Fact]
    public async Task Does_not_make_the_readers_of_one_mail_provider_wait_for_each_other()
    {
        var path = await GivenLink("dana@example.com");
        using var provider = product.Visitor();

        for (var click = 0; click < 30; click++) (await provider.PostForged(path)).Status.ShouldBe(HttpStatusCode.OK);
    }

    async Task<string> GivenLink(string to)
    {
        await product.Database.ExecuteAsync("DELETE FROM platform.mail_opt_out");
        var mail = OutgoingMail.Of(MailScene.To(to, MailScene.Digest), "feira.example", product.Clock.GetUtcNow());
        return product.Services.GetRequiredService<UnsubscribeLinks>().PathFor(mail);
    }
}
