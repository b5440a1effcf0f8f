using Microsoft.AspNetCore.Identity;

namespace Guildhall.Modules.People;

/// <summary>The password rule: long, and nothing else (NIST SP 800-63B, 5.1.1.2: length over composition).</summary>
static class Passwords
{
    public const int MinimumLength = 12;

    public static void Configure(PasswordOptions password)
    {
        password.RequiredLength = MinimumLength;
        password.RequireDigit = password.RequireLowercase = password.RequireUppercase = password.RequireNonAlphanumeric = false;
        password.RequiredUniqueChars = 5;
    }

    public static string Explain(IdentityResult result) =>
        result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordTooShort))
            ? $"Enter a password of at least {MinimumLength} characters. Four or five words in a row work well."
            : result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars))
                ? "Enter a password with at least 5 different characters."
                : "Enter another email address: this one already has an account.";
}
