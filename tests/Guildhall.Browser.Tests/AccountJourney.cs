using Guildhall.Browser.Tests.Support;
using Guildhall.Modules.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Guildhall.Browser.Tests;

/// <summary>A person's own account: passkeys on a device that Chromium plays, the second factor, and what is left without scripts.</summary>
public sealed class AccountJourney(Chromium chromium, DemoProducts products) : IClassFixture<Chromium>, IClassFixture<DemoProducts>
{
    [Fact]
    public async Task Adds_a_passkey_signs_in_with_it_and_removes_it()
    {
        await using var product = await products.StartForPasskeys();
        await using var dana = await Visitor.ArriveSignedIn(chromium, product);
        await GivenDevice(dana.Page);

        await dana.Go("/account");
        await dana.Look("account");
        await Add(dana, "Laptop", "wrong password");
        await Expect(dana.Page.Locator("[data-passkey-problem]")).ToContainTextAsync("Enter the password that you sign in with now.");
        await Add(dana, "Laptop", Visitor.Password);
        await Expect(dana.Page.GetByText("Your passkey is saved.")).ToBeVisibleAsync();
        await dana.Look("account-passkey");
        await Add(dana, "Again", Visitor.Password);
        await Expect(dana.Page.Locator("[data-passkey-problem]")).ToHaveTextAsync("This device has a passkey for your account already.");

        await SignOut(dana);
        await dana.Go("/sign-in?to=%2Faccount");
        await dana.Look("sign-in");
        await dana.Click(dana.Button("Use a passkey"));
        await Expect(dana.Page).ToHaveURLAsync(new Uri(product.Address, "/account").ToString());

        await dana.Click(dana.Button("Remove Laptop"));
        await Expect(dana.Page.GetByText("The passkey is removed.")).ToBeVisibleAsync();
        await SignOut(dana);
        await dana.Go("/sign-in");
        await dana.Click(dana.Button("Use a passkey"));
        await Expect(dana.Page.GetByText("this passkey opens no account here").First).ToBeVisibleAsync();

        dana.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Asks_for_no_code_after_a_passkey_and_takes_none_that_did_not_ask_its_owner()
    {
        await using var product = await products.StartForPasskeys();
        await using var dana = await Visitor.ArriveSignedIn(chromium, product);
        var (device, authenticator) = await GivenDevice(dana.Page);
        await dana.Go("/account");
        await Add(dana, "Phone", Visitor.Password);
        await Expect(dana.Page.GetByText("Your passkey is saved.")).ToBeVisibleAsync();

        await dana.Click(dana.Link("Set up second factor"));
        await dana.Look("second-factor");
        var key = await dana.Page.Locator(".wraps code").InnerTextAsync();
        await dana.Page.GetByLabel("Code").FillAsync(TimeCode.At(FromBase32(key), TimeCode.StepOf(DateTimeOffset.UtcNow)));
        await dana.Page.GetByLabel("Your password").FillAsync(Visitor.Password);
        await dana.Click(dana.Button("Turn on second factor"));
        await Expect(dana.Page.Locator(".recovery-codes li")).ToHaveCountAsync(10);
        await dana.Look("recovery-codes");
        var recovery = await dana.Page.Locator(".recovery-codes code").First.InnerTextAsync();
        await dana.Click(dana.Link("I have kept them"));
        await dana.Go("/account/second-factor");
        await dana.Look("second-factor-on");

        await SignOut(dana);
        await dana.Go("/sign-in");
        await dana.SignIn("dana@example.com", Visitor.Password);
        await Expect(dana.Heading("Enter your code")).ToBeVisibleAsync();
        await dana.Look("enter-code");
        await dana.Page.GetByLabel("Code", new() { Exact = true }).FillAsync(recovery);
        await dana.Click(dana.Button("Sign in"));
        await Expect(dana.Page).ToHaveURLAsync(new Uri(product.Address, "/manage").ToString());

        await SignOut(dana);
        await dana.Go("/sign-in");
        await dana.Click(dana.Button("Use a passkey"));
        await Expect(dana.Page).ToHaveURLAsync(new Uri(product.Address, "/manage").ToString());

        await SignOut(dana);
        await dana.Go("/sign-in");
        await device.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = authenticator, ["isUserVerified"] = false });
        await dana.Click(dana.Button("Use a passkey"));
        await Expect(dana.Page.Locator("[data-passkey-problem]")).ToContainTextAsync("Nothing happened");

        dana.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Offers_no_passkey_without_scripts_and_every_other_way()
    {
        await using var product = await products.StartForPasskeys();
        await using var dana = await Visitor.ArriveSignedIn(chromium, product, scripts: false);

        await dana.Go("/account");
        await Expect(dana.Button("Add a passkey")).ToHaveCountAsync(0);
        await Expect(dana.Page.GetByText("with scripts switched on.")).ToBeVisibleAsync();
        await dana.Page.GetByLabel("Your name").FillAsync("Dana W.");
        await dana.Click(dana.Button("Save name"));
        await Expect(dana.Page.GetByText("Saved. Others see the new name")).ToBeVisibleAsync();
        await dana.Go("/settings/sign-in");
        await Expect(dana.Heading("Somebody lost their second factor")).ToBeVisibleAsync();
        await SignOut(dana);
        await dana.Go("/sign-in");
        await Expect(dana.Button("Use a passkey")).ToHaveCountAsync(0);
        await dana.Page.GetByLabel("Email address").FillAsync("dana@example.com");
        await dana.Click(dana.Button("Email me a link"));
        await Expect(dana.Heading("Look into your mail")).ToBeVisibleAsync();

        dana.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Looks_right_on_the_pages_around_it()
    {
        await using var product = await products.StartForPasskeys();
        await using var visitor = await Visitor.Arrive(chromium, product);
        await visitor.Go("/forgotten");
        await visitor.Look("forgotten");
        await visitor.Page.GetByLabel("Email address").FillAsync("a.very.long.address.that.goes.on.and.on.and.on@a.very.long.name.of.a.domain.that.wraps.example.com");
        await visitor.Click(visitor.Button("Send the link"));
        await Expect(visitor.Heading("Look into your mail")).ToBeVisibleAsync();
        await visitor.Look("link-sent");
        await visitor.Go("/reset/over");
        await visitor.Look("link-over");

        await using var dana = await Visitor.ArriveSignedIn(chromium, product);
        await dana.Go("/settings/sign-in");
        await dana.Look("sign-in-rules");
        await dana.Click(dana.Button("Reset second factor"));
        await Expect(dana.Heading("There are 2 problems")).ToBeVisibleAsync();
        await dana.Look("sign-in-rules-refused");

        visitor.Problems.Concat(dana.Problems).ShouldBeEmpty();
    }

    /// <summary>A device with a passkey store, whose owner says yes to everything.</summary>
    static async Task<(ICDPSession Device, string Authenticator)> GivenDevice(IPage page)
    {
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        var added = await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        return (device, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    static async Task Add(Visitor person, string name, string password)
    {
        await person.Page.GetByLabel("Name of the new passkey").FillAsync(name);
        await person.Page.Locator("#Proof").FillAsync(password);
        await person.Click(person.Button("Add a passkey"));
    }

    static async Task SignOut(Visitor person)
    {
        await person.Go("/manage");
        await person.Click(person.Page.Locator("summary.gh-me"));
        await person.Click(person.Button("Sign out"));
        await Expect(person.Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/manage"));
    }

    static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Where(letter => letter != ' ').Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(bit => bit.Length == 8).Select(bit => Convert.ToByte(new string(bit), 2))];
    }
}
