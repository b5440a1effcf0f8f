using System.Collections.Concurrent;
using Guildhall.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Guildhall.Browser.Tests;

/// <summary>What somebody meets who is not signed in, or no longer.</summary>
public sealed class VisitorJourney(Chromium chromium, DemoProducts products) : IClassFixture<Chromium>, IClassFixture<DemoProducts>
{
    [Fact]
    public async Task Reads_the_front_page_which_is_small_and_loads_nothing_from_elsewhere()
    {
        await using var product = await products.StartWithDemo();
        await using var visitor = await Visitor.Arrive(chromium, product, width: 390);
        var loads = new ConcurrentBag<IRequest>();
        visitor.Page.RequestFinished += (_, request) => loads.Add(request);

        await visitor.Page.GotoAsync(product.Address.ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });

        await Expect(visitor.Heading("Learn to sell from someone who has done it here")).ToBeVisibleAsync();
        (await Sizes()).ShouldBeInRange(1_000, 60_000, "bytes on the wire, for a slow phone");
        await visitor.Look("front");
        await DocumentationPictures.Take(visitor.Page, "front", height: 820);
        foreach (var (path, heading) in new[] { ("results", "results"), ("method", "How we measure") })
        {
            loads.Clear();
            await visitor.Page.GotoAsync(new Uri(product.Address, path).ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
            await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new(heading, System.Text.RegularExpressions.RegexOptions.IgnoreCase), Level = 1 })).ToBeVisibleAsync();
            (await Sizes()).ShouldBeInRange(1_000, 60_000, path);
            await visitor.Look(path);
        }

        async Task<int> Sizes() => (await Task.WhenAll(loads.Select(request => request.SizesAsync()))).Sum(size => size.ResponseBodySize);

        visitor.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_sent_to_sign_in_and_then_to_where_they_were_going()
    {
        await using var product = await products.StartWithDemo();
        await using var manager = await Visitor.ArriveSignedIn(chromium, product);
        var page = manager.Page;
        await manager.Click(manager.Link("First 90 Days").Last);
        await manager.Click(manager.Link("People").First);
        var people = page.Url;

        await manager.Click(page.GetByText("Dana Whitfield"));
        await manager.Click(manager.Button("Sign out"));
        await Expect(manager.Heading("Learn to sell from someone who has done it here")).ToBeVisibleAsync();
        await page.GotoAsync(people);
        await Expect(manager.Heading("Sign in")).ToBeVisibleAsync();
        await manager.Look("sign-in");
        await manager.SignIn("dana@example.com", "not the words");
        await Expect(page.Locator(".errsum")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Email address")).ToHaveValueAsync("dana@example.com");
        (await page.TitleAsync()).ShouldStartWith("Error: ");
        await manager.Look("sign-in-refused");
        await manager.SignIn("dana@example.com", Visitor.Password);
        await Expect(manager.Heading("42 mentees and 18 mentors")).ToBeVisibleAsync();
        page.Url.ShouldBe(people);

        await manager.Go("/manage/no-such-program/matching");
        await Expect(manager.Heading("There is no page here")).ToBeVisibleAsync();
        await manager.Look("not-found");
        await manager.Go("/nowhere");
        await Expect(manager.Heading("There is no page here")).ToBeVisibleAsync();
        manager.Problems.ShouldBeEmpty();
    }
}
