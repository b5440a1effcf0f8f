using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.People;

/// <summary>What People writes to a person about their own account. Nobody can turn these off: they are how a stranger at the door is noticed.</summary>
public static class AccountMails
{
    public static readonly MailKind Links = new("account-links", "Links to sign in and to change your account", IsTransactional: true);
    public static readonly MailKind Changes = new("account-changes", "Changes to how you sign in", IsTransactional: true) { For = Readers.Everybody };

    const string NotYou = "If it wasn’t you, change your password now and tell an administrator of this program.";

    public static Mail ResetLink(string to, string token) => new(Links, to, "Set a new password",
        ["Somebody asked for a new password for your account. If it was you, set it with the link below. It works once, within an hour.", "If it wasn’t you, leave this message alone: nothing has changed."],
        new Link("Set a new password", $"/reset/{token}"));

    public static Mail SignInLink(string to, string token) => new(Links, to, "Your link to sign in",
        [$"Open the link to sign in. It works once, within {MailedLink.SignInMinutes} minutes.", "If you didn’t ask for it, leave this message alone: nobody gets in without it."],
        new Link("Sign in", $"/sign-in/link/{token}"));

    public static Mail NewAddressLink(string to, string token) => new(Links, to, "Confirm your new email address",
        ["You asked to use this address for your account. Open the link while you are signed in, within an hour.", "If it wasn’t you, leave this message alone: the address is not used."],
        new Link("Use this address", $"/account/email/{token}"));

    public static Mail AddressChanged(string to, string newAddress) => Change(to, "Your email address was changed", $"Your account now uses {newAddress}. This address can’t sign in any more.");

    public static Mail PasswordChanged(string to) => Change(to, "Your password was changed", "Your account has a new password, and every other session has ended.");

    public static Mail ErasureAsked(string to, string day) => Change(to, "You asked for your data to be deleted",
        $"An administrator deletes them by {day}. Until then you can take it back on the page Your data. Afterwards nobody can bring them back, and nobody can write to you: your address goes too.");

    public static Mail ErasureTakenBack(string to) => Change(to, "Your data stay", "You took back that your data are to be deleted. Nothing is deleted.");

    public static Mail SecondFactorOn(string to) => Change(to, "Your second factor is on", "From now on, signing in to your account asks for a code of your authenticator app.");

    public static Mail SecondFactorOff(string to) => Change(to, "Your second factor is off", "Signing in to your account no longer asks for a code.");

    public static Mail SecondFactorReset(string to, string administrator) => Change(to, "Your second factor was reset",
        $"{administrator}, an administrator, took the second factor and the passkeys off your account. Sign in with your password and set up a new one.");

    public static Mail RecoveryCodeUsed(string to, int left) => Change(to, "A recovery code was used",
        $"Somebody signed in to your account with a recovery code. {(left == 1 ? "1 code is" : $"{left} codes are")} left.");

    public static Mail NewRecoveryCodes(string to) => Change(to, "You have new recovery codes", "New recovery codes were made for your account. The ones before no longer work.");

    public static Mail PasskeyAdded(string to, string name) => Change(to, "A passkey was added", $"The passkey “{name}” can now sign in to your account.");

    public static Mail PasskeyRemoved(string to, string name) => Change(to, "A passkey was removed", $"The passkey “{name}” can no longer sign in to your account.");

    public static Mail MarketplaceLinked(string to, string marketplace) => Change(to, $"Your {marketplace} account was linked", $"Your account can now be opened with your {marketplace} account.");

    static Mail Change(string to, string subject, string what) => new(Changes, to, subject, [what, NotYou], new Link("Look at your account", "/account"));
}
