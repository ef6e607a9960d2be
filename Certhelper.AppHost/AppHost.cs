Console.WriteLine("no model yet");
