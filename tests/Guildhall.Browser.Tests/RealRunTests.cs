using Guildhall.Browser.Tests.Support;
using Guildhall.Browser.Tests.Weeks;
using Guildhall.Commands;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.People;
using Guildhall.Platform.Access;
using Guildhall.Platform;
using Guildhall.Tests.RealData;
using Guildhall.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Guildhall.Browser.Tests;

/// <summary>The studio on the real marketplace, at its size and scarcity; the picture of docs/real-run.md when GUILDHALL_PICTURES names a folder.</summary>
public sealed class RealRunTests(Chromium chromium, DatabaseFixture database) : IClassFixture<Chromium>, IClassFixture<DatabaseFixture>
{
    const string Password = "five warm loaves of bread";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_832_mentees_and_where_mentors_are_short_in_both_themes_and_widths()
    {
        await using var app = Serve.CreateApp(database.Source, "http://127.0.0.1:0");
        await OlistProgram.Open(app.Services, Stop);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            (await scope.ServiceProvider.GetRequiredService<RunMatching>().Run(OlistProgram.Slug, Actor.Product, Stop)).Refusal.ShouldBeNull();
            await GivenManager(scope.ServiceProvider);
        }
        await OlistWeeks.GivenNamesThatNobodyIsKnownBy(database);
        await app.StartAsync(Stop);

        await using var context = await chromium.Open(1440);
        var page = await context.NewPageAsync();
        var address = new Uri(app.Urls.Single());
        var complaints = PageCheck.Watch(page, address);
        await page.GotoAsync(new Uri(address, "/sign-in").ToString());
        await page.GetByLabel("Email address").FillAsync("manager@example.com");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Uri(address, "/manage").ToString());
        await page.GotoAsync(new Uri(address, $"/manage/{OlistProgram.Slug}/matching").ToString());

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "189 pairs ready to review" })).ToBeVisibleAsync();
        await Expect(page.GetByText("of 895 of 895 people are assumed")).ToBeVisibleAsync();
        // Each answer is a solve; a busy machine gives the first of them and says how many are left.
        await Expect(page.GetByText("would match 9 more mentees").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        foreach (var (width, scheme) in (IEnumerable<(int, ColorScheme)>)[(1440, ColorScheme.Light), (1440, ColorScheme.Dark), (390, ColorScheme.Light), (390, ColorScheme.Dark)])
        {
            await page.SetViewportSizeAsync(width, 1080);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Screenshots.Take(page, $"real-run-{width}-{scheme}".ToLowerInvariant());
            (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, $"{width} px");
        }
        complaints.ShouldBeEmpty();
        await TakePicture(page);
    }

    static async Task GivenManager(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var account = new Account("Manager", "manager@example.com", now) { EmailConfirmed = true };
        account.Grant(Role.Manager, now);
        (await services.GetRequiredService<UserManager<Account>>().CreateAsync(account, Password)).Succeeded.ShouldBeTrue();
    }

    static async Task TakePicture(IPage page)
    {
        if (Environment.GetEnvironmentVariable("GUILDHALL_PICTURES") is not { Length: > 0 } pictures) return;
        await page.SetViewportSizeAsync(1440, 1080);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        (await page.Locator("body").InnerTextAsync()).ShouldNotMatch("[0-9a-f]{12}", "no seller's id is in a picture");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Directory.CreateDirectory(pictures).FullName, "real-run.png"), Caret = ScreenshotCaret.Initial });
    }
}
