using System.Net;
using Guildhall.Platform.Ui;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Platform;

/// <summary>What every answer carries, pages and failures alike, and where redirects may lead.</summary>
public sealed class AnswerHeaderTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Carries_the_same_protection_on_pages_files_redirects_and_refusals()
    {
        var manager = await product.Manager();
        using var visitor = product.Visitor();
        var answers = new (Answer Answer, HttpStatusCode Status)[]
        {
            (await visitor.Get("/"), HttpStatusCode.OK),
            (await visitor.Get(PageAssets.StyleSheet), HttpStatusCode.OK),
            (await visitor.Get("/manage"), HttpStatusCode.Redirect),
            (await visitor.Get("/assets/nothing.css"), HttpStatusCode.NotFound),
            (await manager.Get("/nowhere"), HttpStatusCode.NotFound),
            (await manager.Get("/no-access"), HttpStatusCode.Forbidden),
            (await manager.PostForged("/manage/new"), HttpStatusCode.BadRequest),
            (await manager.Send(new HttpRequestMessage(HttpMethod.Delete, "/manage/new")), HttpStatusCode.MethodNotAllowed),
        };

        foreach (var (answer, status) in answers)
        {
            answer.Status.ShouldBe(status);
            ShouldBeProtected(answer);
        }
    }

    [Fact]
    public async Task Carries_it_on_the_page_about_our_own_failure_too()
    {
        var manager = await product.Manager();
        await product.Database.ExecuteAsync("ALTER TABLE programs.program RENAME TO program_away");
        try
        {
            var broken = await manager.Get("/manage");

            (broken.Status, broken.Heading).ShouldBe((HttpStatusCode.InternalServerError, "Something broke on our side"));
            broken.Text.ShouldNotContain("program_away");
            broken.Text.ShouldNotContain("Npgsql");
            ShouldBeProtected(broken);
        }
        finally
        {
            await product.Database.ExecuteAsync("ALTER TABLE programs.program_away RENAME TO program");
        }
    }

    [Fact]
    public async Task Answers_a_page_to_every_refusal_of_the_host()
    {
        var manager = await product.Manager();

        (await manager.Get("/nowhere")).Heading.ShouldNotBeEmpty();
        (await manager.Send(new HttpRequestMessage(HttpMethod.Delete, "/manage/new"))).Heading.ShouldNotBeEmpty();
        (await manager.PostForged("/manage/new")).Heading.ShouldBe("This form could not be read");
    }

    [Fact]
    public async Task Leads_nowhere_that_a_forged_host_says()
    {
        using var visitor = product.Visitor();

        foreach (var path in (string[])["/", "/manage", "/sign-in"])
        {
            var answer = await visitor.Send(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "evil.example" } });

            (answer.Location ?? "").ShouldNotContain("evil.example");
            answer.Text.ShouldNotContain("evil.example");
        }
    }

    [Theory]
    [InlineData("https://evil.example/", "/manage")]
    [InlineData("//evil.example/", "/manage")]
    [InlineData("/\\evil.example", "/manage")]
    [InlineData("/\t/evil.example", "/manage")]
    [InlineData("/.//evil.example/", "/manage")]
    [InlineData("/a/..//evil.example/", "/manage")]
    [InlineData("/%2e//evil.example/", "/manage")]
    [InlineData("javascript:alert(1)", "/manage")]
    [InlineData("", "/manage")]
    [InlineData("/manage/new", "/manage/new")]
    [InlineData("/manage/spring?tab=kept", "/manage/spring?tab=kept")]
    [InlineData("/manage/maña", "/manage/ma%C3%B1a")]
    public async Task Goes_where_somebody_wanted_to_and_never_to_another_site(string to, string location)
    {
        await product.Manager();
        using var browser = product.Visitor();

        var signedIn = await browser.SignIn(RunningProduct.ManagerEmail, RunningProduct.Password, to);

        (signedIn.Status, signedIn.Location).ShouldBe((HttpStatusCode.Redirect, location));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/.//evil.example")]
    [InlineData("https://evil.example")]
    public async Task Stays_here_after_a_change_of_colors(string back)
    {
        using var visitor = product.Visitor();

        var answer = await visitor.PostForged("/theme", ("theme", "dark"), ("back", back));

        (answer.Status, answer.Location).ShouldBe((HttpStatusCode.Redirect, "/"));
    }

    static void ShouldBeProtected(Answer answer)
    {
        answer.Headers.GetValueOrDefault("Content-Security-Policy", "none").ShouldContain("script-src 'self';");
        answer.Headers["Content-Security-Policy"].ShouldContain("default-src 'none'");
        answer.Headers["Content-Security-Policy"].ShouldContain("frame-ancestors 'none'");
        answer.Headers["Content-Security-Policy"].ShouldNotContain("unsafe-inline");
        answer.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        answer.Headers["Referrer-Policy"].ShouldBe("same-origin");
        answer.Headers["Cross-Origin-Opener-Policy"].ShouldBe("same-origin");
        answer.Headers.ContainsKey("Server").ShouldBeFalse();
    }
}
