namespace Guildhall.Platform.Database;

/// <summary>There is no database to work on. The message says in one line why and what to do.</summary>
sealed class DatabaseUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
