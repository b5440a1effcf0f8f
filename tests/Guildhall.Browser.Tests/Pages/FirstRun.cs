using Guildhall.Browser.Tests.Support;

namespace Guildhall.Browser.Tests.Pages;

/// <summary>The two pages between the printed link and the product.</summary>
sealed class FirstRun(Visitor visitor)
{
    public async Task CreateAccount(string name, string email, string password)
    {
        await visitor.Page.GetByLabel("Your name").FillAsync(name);
        await visitor.Page.GetByLabel("Email address").FillAsync(email);
        await visitor.Page.GetByLabel("Password").FillAsync(password);
        await visitor.Click(visitor.Button("Create account"));
    }

    public async Task StartWithDemo(string marketplace)
    {
        await visitor.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(marketplace);
        await visitor.Page.GetByLabel("The demo marketplace").CheckAsync();
        // Loading takes some seconds, and on a busy machine more than a click usually waits.
        await visitor.Click(visitor.Button("Continue"), TimeSpan.FromMinutes(2));
    }
}
